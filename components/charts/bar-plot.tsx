"use client";
import { Bar, BarChart, ReferenceLine, ResponsiveContainer, XAxis, YAxis } from "recharts";
import { isHatched, nodeColour } from "@/components/ui/node-colour";
import type { NodeBar } from "./bar-by-node";
import { NodeTick, ValueTick } from "./bar-ticks";
import { BARS_BOTTOM } from "./plot-room";

type Props = {
  bars: readonly NodeBar[];
  height: number;
  greatest: number;
  format: (value: number) => string;
  hasAfter: boolean;
  mean: { value: number; label: string } | undefined;
};

/** The bars themselves; loaded apart from what frames them. */
export default function BarPlot({ bars, height, greatest, format, hasAfter, mean }: Props) {
  const names = bars.map((bar) => bar.name);
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart
        data={[...bars]}
        layout="vertical"
        barGap={2}
        margin={{ top: 0, right: 0, bottom: mean ? BARS_BOTTOM : 0, left: 0 }}
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
