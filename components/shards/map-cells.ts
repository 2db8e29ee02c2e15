import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MapColumn } from "@/lib/domain/map-columns";
import type { MapPlace } from "@/lib/domain/map-place";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { ShardMove } from "@/lib/domain/shard-moves";
import type { Cell } from "./map-geometry";
import { reasonOf } from "./map-model";

/** What a node holds, one cell after the other. */
export type HeldCells = {
  node: ClusterNode;
  name: string;
  isCoordinator: boolean;
  groups: readonly ShardGroup[];
  /** The column of each group, as a position among the columns. */
  columns: Uint16Array;
  /** Why sizes of this node are not known; null: it told them. */
  unknownBecause: string | null;
};

/** A node on the canvas: what it holds, and behind that what is arriving now. */
export type MapBand = HeldCells & {
  arriving: readonly ShardMove[];
  /** Groups that will move here and do not yet. */
  queued: number;
};

export type MapCells = {
  columns: readonly MapColumn[];
  /** The same as long as the picture is: whoever needs no moves need not look again when they go on. */
  held: readonly HeldCells[];
  bands: readonly MapBand[];
  /** Cells of each band, those of what arrives included. */
  counts: readonly number[];
  /** All that are there, without those that arrive. */
  total: number;
};

/**
 * Each node's groups in one run, column after column. Reference tables are on every node and left out; so is a coordinator
 * that holds nothing else. A worker that holds nothing has an empty band: it is where something may go.
 */
export function heldCells(picture: ClusterPicture, columns: readonly MapColumn[]): HeldCells[] {
  const held = new Map(
    picture.primaries.map((node) => [node.groupId, { groups: [] as ShardGroup[], columns: [] as number[] }]),
  );
  columns.forEach((column, position) => {
    if (column.kind === "reference") return;
    for (const group of column.groups) {
      for (const groupId of group.groupIds) {
        const node = held.get(groupId);
        node?.groups.push(group);
        node?.columns.push(position);
      }
    }
  });
  return picture.primaries.map((node) => ({
    node,
    name: picture.names.get(node.id) ?? "",
    isCoordinator: isCoordinator(node),
    groups: held.get(node.groupId)?.groups ?? [],
    columns: Uint16Array.from(held.get(node.groupId)?.columns ?? []),
    unknownBecause: reasonOf(picture, node),
  }));
}

export function mapCells(
  columns: readonly MapColumn[],
  all: readonly HeldCells[],
  moves: readonly ShardMove[],
): MapCells {
  const coming = (node: ClusterNode) => moves.filter((move) => move.to === node.groupId);
  const held = all.filter((one) => one.groups.length + coming(one.node).length > 0 || !one.isCoordinator);
  const bands = held.map((one) => {
    const arriving = coming(one.node).filter((move) => move.progress !== null);
    return { ...one, arriving, queued: coming(one.node).length - arriving.length };
  });
  return {
    columns,
    held,
    bands,
    counts: bands.map((band) => band.groups.length + band.arriving.length),
    total: bands.reduce((sum, band) => sum + band.groups.length, 0),
  };
}

/** The group of a cell, there or arriving. */
export function groupIn(cells: MapCells, { band, index }: Cell): ShardGroup | undefined {
  const found = cells.bands[band];
  return found?.groups[index] ?? found?.arriving[index - found.groups.length]?.group;
}

/** Whether the cell is kept for a group that is on its way. */
export function isArriving(cells: MapCells, { band, index }: Cell): boolean {
  return index >= (cells.bands[band]?.groups.length ?? 0);
}

/** Where a group stands on a node. */
export function cellOf(
  cells: MapCells,
  { nodeGroupId, groupId }: Pick<MapPlace, "nodeGroupId" | "groupId">,
): Cell | undefined {
  const band = cells.bands.findIndex((one) => one.node.groupId === nodeGroupId);
  const found = cells.bands[band];
  if (!found) return undefined;
  const index = found.groups.findIndex((group) => group.id === groupId);
  if (index >= 0) return { band, index };
  const arriving = found.arriving.findIndex((move) => move.group.id === groupId);
  return arriving < 0 ? undefined : { band, index: found.groups.length + arriving };
}
