"use client";
import { lazy, type ReactNode, Suspense } from "react";
import { ChartFrame, type ChartTable } from "./chart-frame";
import type { ChartNode } from "./chart-node";
import { BARS_BOTTOM } from "./plot-room";

/** The drawing library is half of what such a page loads: it comes after the page has been painted, into room that is kept for it. */
const BarPlot = lazy(() => import("./bar-plot"));

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
  const height = bars.length * ROW + BARS_BOTTOM;
  return (
    <ChartFrame
      title={title}
      note={context}
      showSentence={showSentence}
      sentence={sentence}
      table={tableOf(bars, measure, format, afterLabel)}
      aside={aside}
    >
      <div style={{ height }}>
        <Suspense>
          <BarPlot bars={bars} height={height} greatest={greatest} format={format} hasAfter={hasAfter} mean={mean} />
        </Suspense>
      </div>
      {hasAfter && <Legend afterLabel={afterLabel} note={note} />}
    </ChartFrame>
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
