import { GrowthCell } from "@/components/live/growth-cell";
import { Bar } from "@/components/ui/bar";
import { Chip } from "@/components/ui/chip";
import { SrOnly } from "@/components/ui/sr-only";
import { Unknown } from "@/components/ui/unknown";
import type { History } from "@/lib/domain/history";
import type { CitusKind } from "@/lib/domain/table-facts";
import type { TableRow } from "@/lib/domain/table-rows";
import { KIND_WORDS } from "@/lib/domain/table-sentences";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { GROWTH_SPAN } from "@/lib/queries/history";

/** "public." muted, the name strong; what is wrong with it beside. */
export function NameCell({ row }: { row: TableRow }) {
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <span className="truncate font-mono" title={`${row.schema}.${row.name}`}>
        <span className="text-text-3">{row.schema}.</span>
        <span className="font-medium">{row.name}</span>
      </span>
      {row.partitionCount > 0 && <Chip>{formatCount(row.partitionCount)} partitions</Chip>}
      {row.lacksIdentity && (
        <Chip tone="warn" icon="warn">
          <span className="max-md:sr-only">no replica identity</span>
        </Chip>
      )}
    </span>
  );
}

export function KindCell({ kind }: { kind: CitusKind }) {
  return <span className={kind === "plain" ? "text-text-3" : undefined}>{KIND_WORDS[kind]}</span>;
}

/** A cell that has nothing to say for this kind of table: silent for the eye, a word for the ear. */
export function NotApplicable({ word = "none" }: { word?: string }) {
  return <SrOnly>{word}</SrOnly>;
}

export function BytesCell({ row }: { row: TableRow }) {
  if (row.bytes === null) {
    return (
      <Unknown
        because={
          row.kind === "plain" ? "somebody holds an exclusive lock on it" : "no node told the sizes of its shards"
        }
      />
    );
  }
  return (
    <span className="whitespace-nowrap">
      {row.isPartial && <span className="text-text-3">at least </span>}
      {formatBytes(row.bytes)}
    </span>
  );
}

/** The largest shard against the median one; the bar ends at three times. */
export function SkewCell({ row }: { row: TableRow }) {
  if (row.kind !== "distributed") return <NotApplicable />;
  const times = row.largestToMedian;
  if (times === null) {
    const because = row.isPartial ? "some shard's size is not known" : "its shards hold too little to compare";
    return <Unknown because={because} />;
  }
  return (
    <span className="flex items-center justify-end gap-1.5">
      <Bar className="w-12" fraction={(times - 1) / 2} colour="var(--ht-5)" />
      <span className="w-12 whitespace-nowrap">{times.toFixed(1)} ×</span>
    </span>
  );
}

export function RowsCell({ row }: { row: TableRow }) {
  if (row.rows === null) return <Unknown because="it was never analysed everywhere, or a node does not answer" />;
  return <span className="whitespace-nowrap">{formatCount(row.rows)}</span>;
}

/** Of the largest tables of Citus: the sizes of the others, and of plain ones, are not kept. */
export function TableGrowthCell({ row, history }: { row: TableRow; history: History | null }) {
  if (row.kind === "plain") return <NotApplicable word="not kept" />;
  if (!history) return <Unknown because="the kept history has not been read" />;
  const name = `${row.schema}.${row.name}`;
  return (
    <GrowthCell
      history={history}
      of={name}
      name={name}
      span={GROWTH_SPAN}
      missing="no size of it is on record; the 50 largest tables are kept"
    />
  );
}
