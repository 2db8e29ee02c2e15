"use client";
import { lazy, type ReactNode, Suspense } from "react";
import { ChartFrame, type ChartTable } from "./chart-frame";
import { endLabels, type LagSeries } from "./lag-series";
import { LINE_NAMES, LINES_TOP, LINES_X_AXIS } from "./plot-room";
import { ticksFor } from "./ticks";
import { fullTime } from "./time-words";

/** Loaded after the page has been painted: see BarByNode. */
const LagPlot = lazy(() => import("./lag-plot"));

/** A run that explains a rise: shaded behind the lines. */
export type Band = { from: number; to: number; label: string };

type Props = {
  /** Milliseconds, oldest first; every series has one value for each. */
  times: readonly number[];
  series: readonly LagSeries[];
  bands?: readonly Band[];
  sentence: string;
  format: (value: number) => string;
  /** For bytes, so that ticks are powers of two. */
  binary?: boolean;
  /** Brings the head of the panel with it; see ChartFrame. */
  title?: ReactNode;
  /** Beside the title: "4 standbys, 15 min". */
  context?: ReactNode;
  aside?: ReactNode;
  height?: number;
};

const TABLE_ROWS = 30;

/** Values over time, one line per standby. Zero is on the axis; a gap stays a gap; names stand at the lines' ends. */
export function LagChart({
  times,
  series,
  bands = [],
  sentence,
  format,
  binary = false,
  title,
  context,
  aside,
  height = 140,
}: Props) {
  const ticks = ticksFor(Math.max(0, ...series.flatMap((line) => line.values.map((value) => value ?? 0))), { binary });
  const top = ticks.at(-1) ?? 1;
  const plot = height - LINES_TOP - LINES_X_AXIS;
  return (
    <ChartFrame title={title} note={context} aside={aside} sentence={sentence} table={tableOf(times, series, format)}>
      <div className="relative" style={{ height }}>
        <Suspense>
          <LagPlot times={times} series={series} bands={bands} ticks={ticks} height={height} format={format} />
        </Suspense>
        {endLabels(series, (value) => LINES_TOP + plot * (1 - value / top)).map((label) => (
          <span
            key={label.key}
            className={label.strong ? "absolute right-0 font-semibold text-11" : "absolute right-0 text-11 text-text-3"}
            style={{ top: Math.min(label.y, height - LINES_X_AXIS - 4) - 7, width: LINE_NAMES - 4 }}
          >
            {label.text}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}

/** Enough rows to read the course, not every sample. */
function tableOf(
  times: readonly number[],
  series: readonly LagSeries[],
  format: (value: number) => string,
): ChartTable {
  const every = Math.max(1, Math.ceil(times.length / TABLE_ROWS));
  const rows = times.flatMap((at, position) => {
    if ((times.length - 1 - position) % every !== 0) return [];
    const texts = series.map((line) => {
      const value = line.values[position] ?? null;
      return value === null ? "unknown" : format(value);
    });
    return [[fullTime(at, times), ...texts]];
  });
  return { columns: ["Time", ...series.map((line) => line.label)], rows };
}
