import { linePath } from "./line-path";

type Props = {
  /** Oldest first, evenly spaced; null is a gap and stays one. */
  values: readonly (number | null)[];
  /** "Copy speed, last 42 seconds: 1.9 MB/s now". */
  sentence: string;
  width?: number;
  height?: number;
  colour?: string;
  /** The top of the scale; the greatest value when it is not given. Zero is always the bottom. */
  max?: number;
  filled?: boolean;
};

/** A line without axes, for a trend beside a number. */
export function Sparkline({
  values,
  sentence,
  width = 120,
  height = 28,
  colour = "var(--accent)",
  max,
  filled = false,
}: Props) {
  const top = Math.max(max ?? 0, ...values.map((value) => value ?? 0)) || 1;
  const points = values.map((value, position) => {
    if (value === null) return null;
    const x = values.length < 2 ? 0 : (position / (values.length - 1)) * width;
    return { x, y: 1 + (1 - value / top) * (height - 2) };
  });
  return (
    <svg
      role="img"
      aria-label={sentence}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      className="block w-full"
      style={{ height }}
    >
      {filled && <path d={linePath(points, height)} fill={`color-mix(in srgb, ${colour} 14%, transparent)`} />}
      <path d={linePath(points)} fill="none" stroke={colour} strokeWidth={1.5} vectorEffect="non-scaling-stroke" />
      <line
        x1={0}
        x2={width}
        y1={height - 0.5}
        y2={height - 0.5}
        className="stroke-line"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
