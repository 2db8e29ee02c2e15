"use client";
import type { ReactNode } from "react";
import { CartesianGrid, Line, LineChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { dateAndTime, timeOfDay } from "@/lib/format/time";
import { ChartFrame, type ChartTable } from "./chart-frame";
import { endLabels, type LagSeries } from "./lag-series";
import { LagTooltip } from "./lag-tooltip";
import { ticksFor } from "./ticks";

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

const TOP = 6;
const X_AXIS = 20;
const LABELS = 64;
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
  const plot = height - TOP - X_AXIS;
  const rows = times.map((at, position) => ({ at, ...valuesAt(series, position) }));
  return (
    <ChartFrame title={title} note={context} aside={aside} sentence={sentence} table={tableOf(times, series, format)}>
      <div className="relative" style={{ height }}>
        <ResponsiveContainer width="100%" height={height}>
          <LineChart data={rows} margin={{ top: TOP, right: LABELS, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} stroke="var(--grid)" />
            {bands.map((band) => (
              <ReferenceArea
                key={band.from}
                x1={band.from}
                x2={band.to}
                fill="var(--accent-weak)"
                fillOpacity={0.7}
                label={{ value: band.label, position: "insideTopLeft", fontSize: 11, fill: "var(--accent)" }}
              />
            ))}
            <XAxis
              dataKey="at"
              type="number"
              domain={["dataMin", "dataMax"]}
              ticks={timeTicks(times)}
              tickFormatter={(at: number) => shortTime(at, times)}
              height={X_AXIS}
              axisLine={false}
              tickLine={false}
              tick={{ fontSize: 11, fill: "var(--text-3)" }}
            />
            <YAxis
              width={56}
              domain={[0, top]}
              ticks={ticks}
              tickFormatter={(value: number) => format(value).replace(".0 ", " ")}
              interval={0}
              axisLine={false}
              tickLine={false}
              tick={{ fontSize: 11, fill: "var(--text-3)" }}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: "var(--text-2)", strokeDasharray: "2 2" }}
              content={<LagTooltip series={series} format={format} timeText={(at) => fullTime(at, times)} />}
            />
            {series.map((line) => (
              <Line
                key={line.id}
                dataKey={line.id}
                name={line.label}
                stroke={line.colour}
                strokeWidth={line.strong ? 2 : 1.25}
                dot={<LonelyDot values={line.values} colour={line.colour} />}
                activeDot={{ r: 3 }}
                connectNulls={false}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        </ResponsiveContainer>
        {endLabels(series, (value) => TOP + plot * (1 - value / top)).map((label) => (
          <span
            key={label.key}
            className={label.strong ? "absolute right-0 font-semibold text-11" : "absolute right-0 text-11 text-text-3"}
            style={{ top: Math.min(label.y, height - X_AXIS - 4) - 7, width: LABELS - 4 }}
          >
            {label.text}
          </span>
        ))}
      </div>
    </ChartFrame>
  );
}

function valuesAt(series: readonly LagSeries[], position: number): Record<string, number | null> {
  return Object.fromEntries(series.map((line) => [line.id, line.values[position] ?? null]));
}

const DAY_MS = 86_400_000;
/** Over more than a day the time of day alone would be several moments. */
const isOverDays = (times: readonly number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0) > DAY_MS;
const fullTime = (at: number, times: readonly number[]) => (isOverDays(times) ? dateAndTime(at) : timeOfDay(at));
/** 00:33, or over days 11-20 00:33. */
function shortTime(at: number, times: readonly number[]): string {
  return isOverDays(times) ? dateAndTime(at).slice(5, 16) : timeOfDay(at, { seconds: false });
}

/** Four moments, the first and the last among them. */
function timeTicks(times: readonly number[]): number[] {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  return first === last ? [first] : [0, 1, 2, 3].map((part) => first + ((last - first) * part) / 3);
}

type DotProps = { cx?: number; cy?: number | null; index?: number; values: readonly (number | null)[]; colour: string };

/** A value between two gaps has no line to be seen by. */
function LonelyDot({ cx, cy, index = 0, values, colour }: DotProps) {
  const isLonely = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
  if (!isLonely || cy === null || cy === undefined || (values[index] ?? null) === null) return null;
  return <circle cx={cx} cy={cy} r={1.5} fill={colour} />;
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
