import { Time } from "@/components/ui/time";
import type { Gap } from "@/lib/domain/flight-gaps";
import { formatDuration } from "@/lib/format/duration";

/** Each time in which nobody looked, said: what happened then has no times. Nothing where there was none. */
export function FlightGaps({ gaps }: { gaps: readonly Gap[] }) {
  if (gaps.length === 0) return null;
  return (
    <ul className="border-line border-b px-3.5 py-2 text-12 text-text-2" aria-label="Gaps in the record">
      {gaps.map(({ from, to }) => (
        <li key={from}>
          Nobody looked from <Time at={from} show="time" /> to <Time at={to} show="time" /> (
          {formatDuration((to - from) / 1000)}): no console ran, or the cluster did not answer. What happened then has
          no times.
        </li>
      ))}
    </ul>
  );
}
