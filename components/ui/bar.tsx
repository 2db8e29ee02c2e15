import clsx from "clsx";

type Props = {
  /** Filled part, 0 to 1. */
  fraction: number;
  /** Where the bar will end, 0 to 1: the difference is drawn hatched. */
  after?: number;
  /** A CSS colour from the tokens: "var(--node-3)". */
  colour?: string;
  /** Set when the bar is the only sign of its value; without it the number stands beside and the bar is silent. */
  label?: string;
  className?: string;
};

/** An amount as a thin bar. Anything above nothing is at least visible. */
export function Bar({ fraction, after, colour = "var(--accent)", label, className }: Props) {
  const now = clamp(fraction);
  const then = after === undefined ? now : clamp(after);
  const solid = Math.min(now, then);
  const hatched = Math.abs(then - now);
  return (
    <div
      data-ink=""
      {...(label === undefined
        ? { "aria-hidden": true }
        : {
            role: "meter",
            "aria-label": label,
            "aria-valuemin": 0,
            "aria-valuemax": 100,
            "aria-valuenow": Math.round(now * 100),
          })}
      className={clsx("flex h-1.5 min-w-0 overflow-hidden rounded-1 bg-track", className)}
    >
      <i
        className={clsx("block h-full", solid > 0 && "min-w-0.5")}
        style={{ width: `${solid * 100}%`, backgroundColor: colour }}
      />
      {hatched > 0 && (
        <i className="hatch block h-full" style={{ width: `${hatched * 100}%`, backgroundColor: colour }} />
      )}
    </div>
  );
}

function clamp(fraction: number): number {
  return Number.isFinite(fraction) ? Math.min(1, Math.max(0, fraction)) : 0;
}
