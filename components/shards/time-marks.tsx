import type { LayoutMarks } from "@/lib/domain/layout-moves";
import { drawnMarks } from "@/lib/domain/time-marks";

/** As many as can be told apart on a wide screen. */
const MOST = 300;

/** Small lines over the slider where the layout changed; taller where shard groups moved. The buttons beside it walk them. */
export function TimeMarks({ marks }: { marks: LayoutMarks }) {
  return (
    // The thumb's middle never reaches the ends of the track: half of its width is left out at both.
    <span aria-hidden="true" className="pointer-events-none absolute inset-x-2 top-0 h-6">
      {drawnMarks(marks, MOST).map(({ place, moved }) => (
        <span
          key={place}
          data-mark={moved ? "moved" : "other"}
          className={moved ? "absolute top-0 h-2 w-0.5 bg-accent" : "absolute top-1 h-1 w-px bg-text-3"}
          style={{ left: `${place * 100}%` }}
        />
      ))}
    </span>
  );
}
