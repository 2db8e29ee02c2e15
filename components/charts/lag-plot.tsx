"use client";
import { CartesianGrid, Line, LineChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { Band } from "./lag-chart";
import type { LagSeries } from "./lag-series";
import { LagTooltip } from "./lag-tooltip";
import { LINE_NAMES, LINES_TOP, LINES_X_AXIS } from "./plot-room";
import { fullTime, shortTime } from "./time-words";

type Props = {
  times: readonly number[];
  series: readonly LagSeries[];
  bands: readonly Band[];
  ticks: readonly number[];
  height: number;
  format: (value: number) => string;
};

/** The lines themselves; loaded apart from what frames them. */
export default function LagPlot({ times, series, bands, ticks, height, format }: Props) {
  const top = ticks.at(-1) ?? 1;
  const rows = times.map((at, position) => ({ at, ...valuesAt(series, position) }));
  return (
    <ResponsiveContainer width="100%" height={height}>
      <LineChart
        data={rows}
        margin={{ top: LINES_TOP, right: LINE_NAMES, bottom: 0, left: 0 }}
        accessibilityLayer={false}
      >
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
          height={LINES_X_AXIS}
          axisLine={false}
          tickLine={false}
          tick={{ fontSize: 11, fill: "var(--text-3)" }}
        />
        <YAxis
          width={56}
          domain={[0, top]}
          ticks={[...ticks]}
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
  );
}

function valuesAt(series: readonly LagSeries[], position: number): Record<string, number | null> {
  return Object.fromEntries(series.map((line) => [line.id, line.values[position] ?? null]));
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
