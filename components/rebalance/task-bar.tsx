import clsx from "clsx";
import type { Span } from "@/lib/domain/expected-spans";
import type { JobTask, TaskRecord } from "@/lib/domain/job";
import { WAITING_FOR_RETRY } from "@/lib/domain/job-record";
import { formatDuration } from "@/lib/format/duration";
import { phaseColour } from "./phase-look";
import { type Axis, placeOn } from "./time-axis";

type Props = {
  task: JobTask;
  seen: TaskRecord | undefined;
  expected: Span | undefined;
  axis: Axis | null;
  now: number | null;
};

type Segment = { key: string; from: number; to: number; colour: string; label: string; isPause: boolean };

/** One task along time. What nobody watched is left empty: an unknown span is not drawn. */
export function TaskBar({ task, seen, expected, axis, now }: Props) {
  if (!axis) return null;
  const left = (at: number) => placeOn(axis, at);
  const segments = segmentsOf(task, seen, now);
  const isWaiting = task.status === "runnable" || task.status === "blocked";
  return (
    <span className="relative block h-full" role="img" aria-label={spoken(segments)}>
      {axis.ticks.map((tick) => (
        <i key={tick} className="absolute inset-y-0 w-px bg-grid" style={{ left: `${(tick / axis.seconds) * 100}%` }} />
      ))}
      {axis.gaps.map(({ from, to }) => (
        <i
          key={from}
          title={`Nobody looked for ${formatDuration((to - from) / 1000)}`}
          className="hatch absolute inset-y-0 opacity-60"
          style={{ left: `${left(from)}%`, width: `${left(to) - left(from)}%` }}
        />
      ))}
      {expected && isWaiting && (
        <i
          className="absolute top-1/2 h-2.5 min-w-1 -translate-y-1/2 rounded-[2px] border border-line-control border-dashed"
          style={{ left: `${left(expected[0])}%`, width: `${left(expected[1]) - left(expected[0])}%` }}
        />
      )}
      {segments.map((segment) => (
        <i
          key={segment.key}
          data-ink=""
          title={segment.label}
          className={clsx(
            "absolute top-1/2 h-2.5 min-w-[1.5px] -translate-y-1/2 rounded-[1.5px]",
            segment.isPause && "hatch",
          )}
          style={{
            left: `${left(segment.from)}%`,
            width: `calc(${left(segment.to) - left(segment.from)}% - 1px)`,
            backgroundColor: segment.colour,
          }}
        />
      ))}
      {now !== null && <i className="absolute inset-y-0 w-px bg-accent" style={{ left: `${left(now)}%` }} />}
    </span>
  );
}

function segmentsOf(task: JobTask, seen: TaskRecord | undefined, now: number | null): Segment[] {
  if (!seen) return [];
  const isOver = task.status !== "running" && task.status !== "runnable" && task.status !== "cancelling";
  const end = seen.finishedAt ?? (isOver ? null : now);
  const first = seen.phases[0];
  const known = [
    // Before the first phase that was read, and for a task that names none: it worked, more is not known.
    ...(seen.startedAt !== null && (first === undefined || first.at > seen.startedAt)
      ? [{ phase: "", at: seen.startedAt }]
      : []),
    ...seen.phases,
  ];
  return known.flatMap(({ phase, at }, position) => {
    const to = known[position + 1]?.at ?? end;
    if (to === null) return [];
    const label = `${phase === "" ? "At work, phase not read" : phase}, ${formatDuration((to - at) / 1000)}`;
    return [
      {
        key: `${position} ${phase}`,
        from: at,
        to,
        colour: phaseColour(phase),
        label,
        isPause: phase === WAITING_FOR_RETRY,
      },
    ];
  });
}

function spoken(segments: readonly Segment[]): string {
  return segments.length === 0 ? "no times known" : segments.map((segment) => segment.label).join("; ");
}
