"use client";
import { type KeyboardEvent, type MouseEvent, useMemo, useRef, useState } from "react";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MapColumn } from "@/lib/domain/map-columns";
import type { Heat } from "@/lib/domain/shard-activity";
import type { ShardMove } from "@/lib/domain/shard-moves";
import type { ShardView } from "@/lib/domain/shard-view";
import { type BlockScale, cellWidth, NARROWEST_COLUMN, scaleFor, trackFor } from "./block-size";
import { Grid, GridColumnHead, GridLine, GridRowHead } from "./grid-parts";
import { type BlockLook, isSmall, MapCellBlocks, widthOf } from "./map-cell";
import { ColumnHead, RowHead } from "./map-heads";
import { type MapModel, type MapRow, mapModel, spotsOf } from "./map-model";
import { MoveArrows } from "./move-arrows";
import { useWidth } from "./use-width";
import { type Spot, walk } from "./walk";

type Props = {
  picture: ClusterPicture;
  columns: readonly MapColumn[];
  moves: readonly ShardMove[];
  heat: Heat | null;
  /** 1 for each group of the picture that a filter lets through; null: none is set. */
  shown: Uint8Array | null;
  view: Pick<ShardView, "colour" | "group" | "node" | "column">;
  found: { groupId: number; tip: string } | null;
  onOpen: (groupId: number) => void;
  onChoose: (chosen: Partial<Pick<ShardView, "node" | "column">>) => void;
};

/** Rows are nodes, columns colocation groups, a block is a shard group. Arrows walk the blocks, Enter opens one. */
export function ShardMap({ picture, columns, moves, heat, shown, view, found, onOpen, onChoose }: Props) {
  const model = useMemo(() => mapModel(picture, columns, moves), [picture, columns, moves]);
  const frame = useRef<HTMLDivElement>(null);
  const spots = useMemo(() => spotsOf(model), [model]);
  const [active, setActive] = useState<Spot>();
  const stop = tabStopOf(spots, active);
  const [scroller, width] = useWidth();
  const { scale, tracks } = useMemo(() => layOut(model, width), [model, width]);
  const running = useMemo(() => moves.filter((move) => move.progress !== null), [moves]);
  const nameOf = (groupId: number) => model.rows.find((row) => row.node.groupId === groupId)?.name ?? "";
  const ids = useMemo(
    () => shown && new Set(picture.groups.flatMap((group, position) => (shown[position] === 1 ? [group.id] : []))),
    [picture, shown],
  );
  const look: BlockLook = {
    scale,
    largest: model.largest,
    colour: view.colour,
    heat,
    shown: ids,
    selected: view.group,
    found,
    leaving: new Map(running.map((move) => [move.group.id, { from: move.from, name: nameOf(move.to) }])),
    tabStop: stop ? `${stop.nodeGroupId}:${stop.groupId}` : null,
  };
  const most = Math.max(1, ...model.rows.map((row) => row.bytes));

  function press(event: KeyboardEvent) {
    const key = spotOf(event);
    const here = spots.flat().find((spot) => `${spot.nodeGroupId}:${spot.groupId}` === key);
    if (!here) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen(here.groupId);
      return;
    }
    const next = walk(spots, here, event.key);
    if (!next) return;
    event.preventDefault();
    setActive(next);
    frame.current?.querySelector<HTMLElement>(`[data-spot="${next.nodeGroupId}:${next.groupId}"]`)?.focus();
  }
  function click(event: MouseEvent) {
    const [, groupId] = spotOf(event)?.split(":") ?? [];
    if (groupId === undefined) return;
    setActive(spots.flat().find((spot) => `${spot.nodeGroupId}:${spot.groupId}` === spotOf(event)));
    onOpen(Number(groupId));
  }
  return (
    <div ref={scroller} className="overflow-x-auto border-line border-b bg-surface-1">
      <Grid
        ref={frame}
        aria-label="Shard groups by node and colocation group"
        onKeyDown={press}
        onClick={click}
        className="relative grid"
        style={{ gridTemplateColumns: tracks }}
      >
        <GridLine>
          <GridColumnHead className="flex items-center pl-5 text-12 text-text-3 max-md:pl-3">Node</GridColumnHead>
          {model.columns.map((column) => (
            <GridColumnHead key={column.key}>
              <ColumnHead
                column={column}
                isChosen={view.column === column.key}
                onChoose={() => onChoose({ column: view.column === column.key ? null : column.key })}
              />
            </GridColumnHead>
          ))}
        </GridLine>
        {model.rows.map((row) => (
          <GridLine key={row.node.groupId}>
            <GridRowHead>
              <RowHead
                row={row}
                most={most}
                isChosen={view.node === row.node.groupId}
                onChoose={() => onChoose({ node: view.node === row.node.groupId ? null : row.node.groupId })}
              />
            </GridRowHead>
            {row.cells.map((cell, position) => (
              <div
                key={cell.column.key}
                className="flex min-w-0 flex-wrap content-start items-center gap-[3px] border-line border-t border-r p-[9px] last:border-r-0"
              >
                {position === 0 && <EmptyRow row={row} />}
                <MapCellBlocks cell={cell} row={row} look={look} />
              </div>
            ))}
          </GridLine>
        ))}
        <MoveArrows frame={frame} moves={running} />
      </Grid>
    </div>
  );
}

function spotOf(event: KeyboardEvent | MouseEvent): string | undefined {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[data-spot]")?.dataset.spot : undefined;
}

/** Tab reaches the block that was walked to last; while that is gone, the first. */
function tabStopOf(spots: readonly (readonly Spot[])[], active: Spot | undefined): Spot | undefined {
  const all = spots.flat();
  return all.find((spot) => spot.groupId === active?.groupId && spot.nodeGroupId === active.nodeGroupId) ?? all[0];
}

const NAMES = 112;

/** How large the blocks are in the width there is, and how the columns share it. */
function layOut(model: MapModel, width: number): { scale: BlockScale; tracks: string } {
  const wantedAt = (scale: BlockScale) => model.columns.map((column, at) => wantedBy(model, column, at, scale));
  const total = (scale: BlockScale) => wantedAt(scale).reduce((sum, wanted) => sum + wanted, NAMES);
  const scale = scaleFor({ blocks: model.blocks, rows: model.rows.length }, total, width);
  return { scale, tracks: [`${NAMES}px`, ...wantedAt(scale).map(trackFor)].join(" ") };
}

function wantedBy(model: MapModel, column: MapColumn, position: number, scale: BlockScale): number {
  if (isSmall(column)) return NARROWEST_COLUMN;
  const look = { largest: model.largest, scale };
  const widths = model.rows.map((row) => {
    const cell = row.cells[position];
    const blocks = cell?.groups.map((group) => widthOf(column, group.bytesOn(row.node.groupId), look));
    return cellWidth([...(blocks ?? []), ...(cell?.arriving.map(() => 40) ?? [])]);
  });
  return Math.max(NARROWEST_COLUMN, ...widths);
}

/** Said where a row would otherwise look forgotten. */
function EmptyRow({ row }: { row: MapRow }) {
  const kinds = new Set(row.cells.flatMap((cell) => (cell.groups.length > 0 ? [cell.column.kind] : [])));
  const isComing = row.cells.some((cell) => cell.arriving.length + cell.queued > 0);
  if (isComing || [...kinds].some((kind) => kind !== "reference" && kind !== "local")) return null;
  const text = kinds.size === 0 ? "Holds no shards" : `Holds ${[...kinds].join(" and ")} tables only`;
  return <span className="text-12 text-text-3">{text}</span>;
}
