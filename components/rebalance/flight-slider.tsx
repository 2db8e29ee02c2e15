"use client";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";
import type { Replay } from "@/lib/domain/flight-replay";
import { isJobOpen } from "@/lib/domain/job";
import { formatDuration } from "@/lib/format/duration";

type Props = { replay: Replay; moment: number | null; onMoment: (moment: number | null) => void };

/** Steps of the keyboard: a hundredth of the run. */
const STEPS = 100;

/** Any moment of the run, by mouse or by arrow keys. */
export function FlightSlider({ replay, moment, onMoment }: Props) {
  const { from, to, flight } = replay;
  const at = moment ?? to;
  const end = isJobOpen(flight.job) ? "now" : "the end";
  const since = formatDuration(Math.max(0, at - from) / 1000);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3.5 py-2 text-12">
      <label className="flex min-w-64 flex-1 items-center gap-3">
        <span className="text-text-2">Replay</span>
        <input
          type="range"
          min={from}
          max={to}
          step={Math.max(1, Math.round((to - from) / STEPS))}
          value={at}
          aria-valuetext={moment === null ? end : `${since} after the start`}
          onChange={(event) => {
            const chosen = Number(event.currentTarget.value);
            onMoment(chosen >= to - (to - from) / (2 * STEPS) ? null : chosen);
          }}
          className="h-4 flex-1 accent-accent"
        />
      </label>
      <span className="min-w-44 text-text-2">
        {moment === null ? (
          `At ${end}`
        ) : (
          <>
            <Time at={at} show="time" />, {since} after the start
          </>
        )}
      </span>
      <Button size="sm" because={moment === null ? `This is ${end}.` : undefined} onClick={() => onMoment(null)}>
        To {end}
      </Button>
    </div>
  );
}
