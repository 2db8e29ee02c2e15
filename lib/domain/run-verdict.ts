import { countOf } from "../format/count";
import { formatDeviation } from "../format/percent";
import { isJobOpen, type Job, type SkewNow } from "./job";

/** What a run did for the balance. */
export type RunVerdict = { tone: "ok" | "bad"; text: string; detail: string };

type Measured = { skewBefore: SkewNow | null; skewAfter: SkewNow | null };

/** Less than this is the noise of measuring while rows come and go. */
const NOISE = 0.01;

/** Whether the shard groups lie better than before the first move. null: it is not over, moved nothing, or was not measured before and after. */
export function runVerdict(job: Job, { skewBefore: before, skewAfter: after }: Measured): RunVerdict | null {
  if (!before || !after || isJobOpen(job) || job.moves.done === 0) return null;
  const detail = detailOf(before, after);
  const emptied = before.closedGroups - after.closedGroups;
  if (emptied > 0)
    return { tone: "ok", text: `${countOf(emptied, "shard group")} left nodes that may not hold any.`, detail };
  const changes = [changeOf(before.bytes, after.bytes), changeOf(before.groups, after.groups)].filter(
    (change) => change !== null,
  );
  if (changes.length === 0) return null;
  if (changes.some((change) => change < -NOISE))
    return { tone: "ok", text: "The cluster is more even than before.", detail };
  const isWorse = changes.some((change) => change > NOISE);
  return isWorse
    ? { tone: "bad", text: "This run made the balance worse.", detail }
    : { tone: "bad", text: "This run did not improve the balance.", detail };
}

function changeOf(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : after - before;
}

function detailOf(before: SkewNow, after: SkewNow): string {
  const one = (what: string, was: number | null, is: number | null) =>
    was === null || is === null
      ? []
      : [`${formatDeviation(was)} of the mean before and ${formatDeviation(is)} after, by ${what}`];
  const parts = [...one("bytes", before.bytes, after.bytes), ...one("shard groups", before.groups, after.groups)];
  return parts.length === 0 ? "" : `The busiest node was ${parts.join("; ")}.`;
}
