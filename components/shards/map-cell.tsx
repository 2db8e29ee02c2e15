import clsx from "clsx";
import { nodeColour } from "@/components/ui/node-colour";
import { byteStep, type MapColumn, timesMedian } from "@/lib/domain/map-columns";
import { type Heat, heatStep } from "@/lib/domain/shard-activity";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { copiedFraction, type ShardMove } from "@/lib/domain/shard-moves";
import type { ShardView } from "@/lib/domain/shard-view";
import { formatCount } from "@/lib/format/count";
import { rateWords } from "./activity-words";
import { type BlockScale, blockWidth } from "./block-size";
import { MapBlock } from "./map-block";
import type { MapCell, MapRow } from "./map-model";
import { inUnit, unitFor } from "./size-unit";
import { spoken } from "./spoken";

/** What the blocks are drawn by, the same for all of them. */
export type BlockLook = {
  scale: BlockScale;
  largest: number;
  colour: ShardView["colour"];
  heat: Heat | null;
  /** The groups that a filter lets through; null: none is set, and nothing is dimmed. */
  shown: ReadonlySet<number> | null;
  selected: number | null;
  found: { groupId: number; tip: string } | null;
  /** By shard group: where it is going, in the words of the map. */
  leaving: ReadonlyMap<number, { from: number; name: string }>;
  /** The one block that Tab reaches. */
  tabStop: string | null;
};

type Props = { cell: MapCell; row: MapRow; look: BlockLook };

/** The shard groups of one colocation group on one node, and those that are arriving there. */
export function MapCellBlocks({ cell, row, look }: Props) {
  const unit = unitFor(cell.column.largestBytes ?? 0);
  return (
    <>
      {cell.groups.map((group) => {
        const bytes = group.bytesOn(row.node.groupId);
        const spot = `${row.node.groupId}:${group.id}`;
        const found = look.found?.groupId === group.id ? look.found.tip : null;
        const leaving = look.leaving.get(group.id);
        const leavingFor = leaving?.from === row.node.groupId ? leaving.name : null;
        const label = spoken({
          group,
          node: row.name,
          bytes,
          unknown: row.unknownBecause ?? "the node did not name all its shards",
          isLargest: group.id === cell.column.largestId,
          found,
          leavingFor,
          rate: look.heat && rateWords(look.heat.rateOf(group, row.node.groupId)),
        });
        return (
          <MapBlock
            key={group.id}
            spot={spot}
            groupId={group.id}
            label={label}
            size={bytes === null ? null : inUnit(bytes, unit)}
            width={widthOf(cell.column, bytes, look)}
            height={isSmall(cell.column) ? 20 : look.scale.height}
            {...paintOf(group, cell.column, row, look)}
            nodeId={row.node.id}
            isNodeColoured={look.colour === "node"}
            isLeaving={leavingFor !== null}
            isDimmed={look.shown !== null && !look.shown.has(group.id)}
            isSelected={look.selected === group.id}
            foundTip={found}
            isTabStop={look.tabStop === spot}
          />
        );
      })}
      {cell.arriving.map((move) => (
        <Arriving key={move.group.id} move={move} look={look} />
      ))}
      {cell.queued > 0 && (
        // What arrives now has its words beside it: the rest stands clear of them.
        <span className={clsx("self-center px-1 text-12 text-text-3", cell.arriving.length > 0 && "ml-28")}>
          {formatCount(cell.queued)} to come
        </span>
      )}
    </>
  );
}

/** Reference tables and local ones are of no interest by size: every copy is the same, or there is one. */
export function isSmall(column: MapColumn): boolean {
  return column.kind === "reference" || column.kind === "local";
}

export function widthOf(
  column: MapColumn,
  bytes: number | null,
  { largest, scale }: Pick<BlockLook, "largest" | "scale">,
) {
  return isSmall(column) ? 28 : blockWidth(bytes, largest, scale);
}

function paintOf(group: ShardGroup, column: MapColumn, row: MapRow, { colour, heat }: BlockLook) {
  const nodeGroupId = row.node.groupId;
  if (colour === "node") return { background: nodeColour(row.node.id, row.isCoordinator), ink: undefined };
  const plain = { background: "var(--surface-3)", ink: "var(--text-1)" };
  if (isSmall(column)) return plain;
  if (colour === "activity") {
    const rate = heat?.rateOf(group, nodeGroupId);
    return rate ? inStep("ht", heatStep(rate.readsPerSecond + rate.writesPerSecond, heat?.most ?? 0)) : plain;
  }
  return group.bytesOn(nodeGroupId) === null ? plain : inStep("by", byteStep(timesMedian(group, column)));
}

function inStep(sequence: "by" | "ht", step: number) {
  return { background: `var(--${sequence}-${step})`, ink: `var(--${sequence}-on-${step})` };
}

function Arriving({ move, look }: { move: ShardMove; look: BlockLook }) {
  const fraction = copiedFraction(move);
  const percent = fraction === null ? "…" : `${Math.floor(fraction * 100)} %`;
  return (
    <div
      data-ghost={move.group.id}
      className="flex flex-none flex-col items-center justify-center gap-[5px] rounded-1 border-[1.5px] border-accent border-dashed font-medium font-mono text-11 text-accent leading-none"
      style={{ width: Math.max(38, blockWidth(move.group.bytes, look.largest, look.scale)), height: look.scale.height }}
    >
      <span className="sr-only">
        arriving: group {move.group.id}, {move.progress?.phase},{" "}
      </span>
      <span aria-hidden="true">{String(move.group.id).slice(-3)}</span>
      {look.scale.height > 40 && <span className="font-normal">{percent}</span>}
    </div>
  );
}
