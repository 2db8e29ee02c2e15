import { ticksFor } from "@/components/charts/ticks";
import { Unknown } from "@/components/ui/unknown";
import type { Span } from "@/lib/domain/expected-spans";
import { isJobOpen, type Job } from "@/lib/domain/job";
import { formatDuration } from "@/lib/format/duration";

/** The time a chart shows: from a moment of the coordinator's clock, so many seconds, with marks. */
export type Axis = { from: number; seconds: number; ticks: readonly number[] };

const SHORTEST_SECONDS = 5;

/** From the start of the job to its end, or to where it may end. null: it has not started. */
export function axisOf(job: Job, expected: Iterable<Span>, now: number | null): Axis | null {
  if (job.startedAt === null) return null;
  const ends = [...expected].map(([, to]) => to);
  const last = isJobOpen(job) ? Math.max(now ?? job.startedAt, ...ends) : (job.finishedAt ?? job.startedAt);
  const seconds = Math.max(SHORTEST_SECONDS, (last - job.startedAt) / 1000);
  return { from: job.startedAt, seconds, ticks: ticksFor(seconds).filter((tick) => tick <= seconds) };
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
