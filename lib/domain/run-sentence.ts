import { countOf } from "../format/count";
import { formatDuration } from "../format/duration";
import { formatDeviation } from "../format/percent";
import { isJobOpen, type Job, type JobRecord, type Jobs } from "./job";
import { firstLine } from "./job-wait";
import { progressOfTask } from "./job-work";

/** How a job ended, in one or two sentences. null: it has not. */
export function endSentence(job: Job, record: JobRecord | null): string | null {
  if (isJobOpen(job)) return null;
  const { done, total } = job.moves;
  const took =
    job.startedAt === null || job.finishedAt === null
      ? ""
      : ` in ${formatDuration(Math.max(1, (job.finishedAt - job.startedAt) / 1000))}`;
  if (job.state === "finished")
    return [`${countOf(done, "move")}${took}.`, balanceWords(record)].filter(Boolean).join(" ");
  const sofar = `${done} of ${countOf(total, "move")} done${took}.`;
  if (job.state === "cancelled") return `${sofar} What had moved stays moved.`;
  return `${sofar} ${firstLine(job.failure) ?? "Citus says no reason."}`;
}

/** Measured by this console before the first move and after the last, so only of runs that it saw whole. */
function balanceWords(record: JobRecord | null): string {
  const [before, after] = [record?.skewBefore?.bytes ?? null, record?.skewAfter?.bytes ?? null];
  if (before === null || after === null) return "";
  return `Busiest node: ${formatDeviation(before)} of the mean before, ${formatDeviation(after)} now.`;
}

/** Why the phase of a move that runs is not shown. null: it is. */
export function whyNoProgress(jobs: Jobs): string | null {
  if (jobs.progressProblem !== null) return jobs.progressProblem;
  const isBlind = jobs.tasks.some(
    (task) => task.status === "running" && task.move !== null && progressOfTask(task, jobs.progress) === null,
  );
  // Between two phases a move is missing for a moment; a login without the right sees none at all, and not the process either.
  return isBlind && jobs.clock !== null && jobs.monitorAlive === null
    ? "This login may not see how far moves are: it lacks pg_monitor. Tasks and their states are complete."
    : null;
}
