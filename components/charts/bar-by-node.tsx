"use client";
import type { ReactNode } from "react";
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { isHatched, nodeColour } from "@/components/ui/node-colour";
import { NodeTick, ValueTick } from "./bar-ticks";
import { ChartFrame, type ChartTable } from "./chart-frame";
import type { ChartNode } from "./chart-node";

/** null: this node did not say. */
export type NodeBar = ChartNode & { value: number | null; after?: number | null };

type Props = {
  bars: readonly NodeBar[];
  sentence: string;
  /** What is measured: the head of the table's column. */
  measure: string;
  format: (value: number) => string;
  /** Brings the head of the panel with it; see ChartFrame. */
  title?: ReactNode;
  /** Beside the title. */
  context?: ReactNode;
  /** Draws the sentence below the chart. */
  showSentence?: boolean;
  /** The dotted line, with its words: "mean of 4: 47.2 MB". */
  mean?: { value: number; label: string };
  /** What the thin bars are; without it only `value` is drawn. */
  afterLabel?: string;
  /** Right of the legend: "busiest +35 % of the mean → +10 %". */
  note?: string;
  aside?: ReactNode;
};

const ROW = 33;
const BOTTOM = 20;

/** An amount per node, with what it will be after a plan as a thin bar beneath. */
export function BarByNode({
  bars,
  sentence,
  measure,
  format,
  title,
  mean,
  afterLabel,
  note,
  context,
  showSentence = false,
  aside,
}: Props) {
  const hasAfter = afterLabel !== undefined;
  const greatest = Math.max(mean?.value ?? 0, ...bars.flatMap((bar) => [bar.value ?? 0, bar.after ?? 0]));
  const names = bars.map((bar) => bar.name);
  return (
    <ChartFrame
      title={title}
      note={context}
      showSentence={showSentence}
      sentence={sentence}
      table={tableOf(bars, measure, format, afterLabel)}
      aside={aside}
    >
      <ResponsiveContainer width="100%" height={bars.length * ROW + BOTTOM}>
        <BarChart
          data={[...bars]}
          layout="vertical"
          barGap={2}
          margin={{ top: 0, right: 0, bottom: mean ? BOTTOM : 0, left: 0 }}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[0, greatest * 1.02 || 1]} />
          <YAxis
            yAxisId="names"
            type="category"
            dataKey="name"
            width={72}
            axisLine={false}
            tickLine={false}
            interval={0}
            tick={<NodeTick />}
          />
          <YAxis
            yAxisId="values"
            orientation="right"
            type="category"
            dataKey="name"
            width={68}
            axisLine={false}
            tickLine={false}
            interval={0}
            tick={<ValueTick bars={bars} names={names} format={format} />}
          />
          <Bar yAxisId="names" dataKey="value" barSize={13} isAnimationActive={false} shape={SolidBar} />
          {hasAfter && <Bar yAxisId="names" dataKey="after" barSize={6} isAnimationActive={false} shape={OutlineBar} />}
          {mean && (
            <ReferenceLine
              yAxisId="names"
              x={mean.value}
              stroke="var(--text-3)"
              strokeDasharray="2 3"
              label={{ value: mean.label, position: "bottom", fontSize: 11, fill: "var(--text-3)" }}
            />
          )}
        </BarChart>
      </ResponsiveContainer>
      {hasAfter && <Legend afterLabel={afterLabel} note={note} />}
    </ChartFrame>
  );
}

type ShapeProps = { x?: number; y?: number; width?: number; height?: number; payload?: NodeBar };

function SolidBar({ x = 0, y = 0, width = 0, height = 0, payload }: ShapeProps) {
  if (!payload || payload.value === null) return <g />;
  const fill = nodeColour(payload.nodeId, payload.isCoordinator);
  const hatched = isHatched(payload.nodeId, payload.isCoordinator);
  return (
    <rect
      x={x}
      y={y}
      width={Math.max(1.5, width)}
      height={height}
      rx={2}
      fill={fill}
      fillOpacity={hatched ? 0.65 : 1}
    />
  );
}

function OutlineBar({ x = 0, y = 0, width = 0, height = 0, payload }: ShapeProps) {
  if (!payload || payload.after === null || payload.after === undefined) return <g />;
  const colour = nodeColour(payload.nodeId, payload.isCoordinator);
  return (
    <rect
      x={x + 0.5}
      y={y + 0.5}
      width={Math.max(1, width)}
      height={height}
      rx={1.5}
      fill={`color-mix(in srgb, ${colour} 22%, transparent)`}
      stroke={colour}
    />
  );
}

function Legend({ afterLabel, note }: { afterLabel: string; note: string | undefined }) {
  return (
    <div className="mt-0.5 flex flex-wrap items-center gap-3.5 text-11 text-text-3">
      <span className="inline-flex items-center gap-1.5">
        <i data-ink="" className="h-2 w-3 rounded-[2px] bg-text-2" />
        now
      </span>
      <span className="inline-flex items-center gap-1.5">
        <i data-ink="" className="h-1.5 w-3 rounded-[2px] border border-text-2" />
        {afterLabel}
      </span>
      {note !== undefined && <span className="ml-auto">{note}</span>}
    </div>
  );
}

function tableOf(
  bars: readonly NodeBar[],
  measure: string,
  format: (value: number) => string,
  afterLabel: string | undefined,
): ChartTable {
  const text = (value: number | null | undefined) =>
    value === null || value === undefined ? "unknown" : format(value);
  return {
    columns: ["Node", measure, ...(afterLabel === undefined ? [] : [afterLabel])],
    rows: bars.map((bar) => [bar.name, text(bar.value), ...(afterLabel === undefined ? [] : [text(bar.after)])]),
  };
}
