import { Bar } from "@/components/ui/bar";
import { Chip } from "@/components/ui/chip";
import { nodeColour } from "@/components/ui/node-colour";
import { NodeName } from "@/components/ui/node-name";
import type { MapColumn } from "@/lib/domain/map-columns";
import { addressOf } from "@/lib/domain/node";
import { formatBytes } from "@/lib/format/bytes";
import { countOf } from "@/lib/format/count";
import { BEING_READ, type MapRow } from "./map-model";
import { unitFor } from "./size-unit";

type ColumnProps = { column: MapColumn; isChosen: boolean; onChoose: () => void };

/** A colocation group by its tables. A click lists its groups alone. */
export function ColumnHead({ column, isChosen, onChoose }: ColumnProps) {
  const largest = column.largestBytes ?? 0;
  const unit = column.kind === "distributed" && largest > 0 ? `, sizes in ${unitFor(largest).name}` : "";
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      title={`${column.tables.join(", ")} (${column.note}${unit}): list these alone`}
      className="flex w-full min-w-0 flex-col items-start gap-1 rounded-1 px-3 py-2 text-left -outline-offset-2! hover:bg-surface-2 aria-pressed:bg-accent-weak"
    >
      <span className="flex w-full min-w-0 items-center gap-1.5">
        {column.colocationId !== null && <Chip className="h-4 px-1">{column.colocationId}</Chip>}
        <span className="truncate font-medium font-mono text-12">{column.tables.join(", ")}</span>
      </span>
      <span className="w-full truncate text-11 text-text-3">
        {column.note}
        {unit}
      </span>
    </button>
  );
}

type RowProps = { row: MapRow; most: number; isChosen: boolean; onChoose: () => void };

/** A node with what it holds. A click lists its groups alone. */
export function RowHead({ row, most, isChosen, onChoose }: RowProps) {
  const { node, isCoordinator } = row;
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      onClick={onChoose}
      title={`${addressOf(node)}: list its shard groups alone`}
      className="flex w-full flex-col items-start gap-0.5 rounded-1 py-2.5 pr-2 pl-5 text-left text-11 -outline-offset-2! hover:bg-surface-2 aria-pressed:bg-accent-weak max-md:pl-3"
    >
      <NodeName
        nodeId={node.id}
        host={node.host}
        port={node.port}
        isCoordinator={isCoordinator}
        short={row.name}
        className="text-12"
      />
      <span className="text-text-3">{isCoordinator ? "coordinator" : countOf(row.groupCount, "group")}</span>
      {row.groupCount > 0 && <RowBytes row={row} />}
      {row.groupCount > 0 && !isCoordinator && (
        <Bar className="mt-1 h-1 w-20" fraction={row.bytes / most} colour={nodeColour(node.id, isCoordinator)} />
      )}
    </button>
  );
}

/** Nothing known at all is "unknown"; some of it is "at least". */
function RowBytes({ row }: { row: MapRow }) {
  if (row.isPartial && row.unknownBecause === BEING_READ) return <span className="text-text-3">{BEING_READ}</span>;
  if (row.isPartial && row.bytes === 0) return <span className="font-medium text-warn">size unknown</span>;
  return (
    <span>
      {row.isPartial && <span className="text-warn">at least </span>}
      {formatBytes(row.bytes)}
    </span>
  );
}
