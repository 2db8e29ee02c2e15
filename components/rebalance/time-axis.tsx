import { ticksFor } from "@/components/charts/ticks";
import { Unknown } from "@/components/ui/unknown";
import type { Span } from "@/lib/domain/expected-spans";
import { type Gap, gapsOf } from "@/lib/domain/flight-gaps";
import { isJobOpen, type Job, type Jobs } from "@/lib/domain/job";
import { formatDuration } from "@/lib/format/duration";

/** The time a chart shows: from a moment of the coordinator's clock, so many seconds, with marks, and when nobody looked. */
export type Axis = { from: number; seconds: number; ticks: readonly number[]; gaps: readonly Gap[] };

const SHORTEST_SECONDS = 5;

/** From the start of the job to its end, or to where it may end. null: it has not started. */
export function axisOf(
  job: Job,
  jobs: Pick<Jobs, "record">,
  expected: Iterable<Span>,
  now: number | null,
): Axis | null {
  if (job.startedAt === null) return null;
  const ends = [...expected].map(([, to]) => to);
  const last = isJobOpen(job) ? Math.max(now ?? job.startedAt, ...ends) : (job.finishedAt ?? job.startedAt);
  return axisBetween(job.startedAt, last, gapsOf(jobs.record?.watched ?? [], job));
}

export function axisBetween(from: number, to: number, gaps: readonly Gap[]): Axis {
  const seconds = Math.max(SHORTEST_SECONDS, (to - from) / 1000);
  return { from, seconds, ticks: ticksFor(seconds).filter((tick) => tick <= seconds), gaps };
}

/** Where a moment stands on the axis, as a share of its width in percent. */
export function placeOn({ from, seconds }: Axis, at: number): number {
  return Math.min(100, Math.max(0, ((at - from) / 1000 / seconds) * 100));
}

/** The marks above the rows. */
export function AxisHead({ axis }: { axis: Axis | null }) {
  if (!axis) return <Unknown because="the job has not started" />;
  return (
    <span className="relative block h-4">
      {axis.ticks.map((tick) => (
        <span
          key={tick}
          className={tick === 0 ? "absolute left-0" : "-translate-x-1/2 absolute"}
          style={{ left: `${(tick / axis.seconds) * 100}%` }}
        >
          {tick === 0 ? "Start" : formatDuration(tick)}
        </span>
      ))}
    </span>
  );
}
