import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MapColumn } from "@/lib/domain/map-columns";
import type { MapPlace } from "@/lib/domain/map-place";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { at, indexOfShard } from "@/lib/domain/shard-columns";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { ShardMove } from "@/lib/domain/shard-moves";
import type { Cell } from "./map-geometry";
import { reasonOf } from "./map-model";

/** What a node holds, one cell after the other, column after column. */
export type HeldCells = {
  node: ClusterNode;
  name: string;
  isCoordinator: boolean;
  /** Of each cell: its group, as a position among the groups of the picture. */
  groups: Uint32Array;
  /** Of each cell: the group's place on this node, as a position among the places of all groups. */
  places: Uint32Array;
  /** Why sizes of this node are not known; null: it told them. */
  unknownBecause: string | null;
};

/** What is where, without what moves: the same as long as the picture is. */
export type HeldMap = {
  picture: ClusterPicture;
  columns: readonly MapColumn[];
  /** The column of each group of the picture. */
  columnOf: Uint16Array;
  nodes: readonly HeldCells[];
};

/** A node on the canvas: what it holds, and behind that what is arriving now. */
export type MapBand = HeldCells & {
  arriving: readonly ShardMove[];
  /** Groups that will move here and do not yet. */
  queued: number;
};

export type MapCells = {
  held: HeldMap;
  bands: readonly MapBand[];
  /** Cells of each band, those of what arrives included. */
  counts: readonly number[];
  /** All that are there, without those that arrive. */
  total: number;
};

/** Each primary's groups, in the order of the columns. Reference tables are on every node and left out. */
export function heldMap(picture: ClusterPicture, columns: readonly MapColumn[]): HeldMap {
  const { count, placeStarts, placeGroupIds } = picture.groupColumns;
  const columnOf = new Uint16Array(count);
  const nodeAt = new Map(picture.primaries.map((node, position) => [node.groupId, position]));
  const most = new Uint32Array(picture.primaries.length);
  for (let place = 0; place < placeGroupIds.length; place += 1) {
    const node = nodeAt.get(at(placeGroupIds, place));
    if (node !== undefined) most[node] = at(most, node) + 1;
  }
  const made = picture.primaries.map((node, position) => {
    const size = at(most, position);
    return { node, groups: new Uint32Array(size), places: new Uint32Array(size), end: 0 };
  });
  columns.forEach(({ kind, positions }, column) => {
    for (const group of positions) {
      columnOf[group] = column;
      const end = kind === "reference" ? 0 : at(placeStarts, group + 1);
      for (let place = at(placeStarts, group); place < end; place += 1) {
        const node = made[nodeAt.get(at(placeGroupIds, place)) ?? -1];
        if (!node) continue;
        node.groups[node.end] = group;
        node.places[node.end] = place;
        node.end += 1;
      }
    }
  });
  const nodes = made.map(({ node, groups, places, end }) => ({
    node,
    name: picture.names.get(node.id) ?? "",
    isCoordinator: isCoordinator(node),
    groups: groups.subarray(0, end),
    places: places.subarray(0, end),
    unknownBecause: reasonOf(picture, node),
  }));
  return { picture, columns, columnOf, nodes };
}

/**
 * A band for each node. A coordinator that holds nothing but reference tables has none; a worker that holds nothing has an
 * empty one: it is where something may go.
 */
export function mapCells(held: HeldMap, moves: readonly ShardMove[]): MapCells {
  const bands = held.nodes.flatMap((one): MapBand[] => {
    const coming = moves.filter((move) => move.to === one.node.groupId);
    if (one.isCoordinator && one.groups.length + coming.length === 0) return [];
    const arriving = coming.filter((move) => move.progress !== null);
    return [{ ...one, arriving, queued: coming.length - arriving.length }];
  });
  return {
    held,
    bands,
    counts: bands.map((band) => band.groups.length + band.arriving.length),
    total: bands.reduce((sum, band) => sum + band.groups.length, 0),
  };
}

/** The group of a cell that is there; undefined where it is still arriving, or there is no such cell. */
export function heldIn(
  { held, bands }: Pick<MapCells, "held" | "bands">,
  { band, index }: Cell,
): ShardGroup | undefined {
  const position = bands[band]?.groups[index];
  return position === undefined ? undefined : held.picture.groupAt(position);
}

/** The group of a cell, there or arriving. */
export function groupIn(cells: MapCells, cell: Cell): ShardGroup | undefined {
  const band = cells.bands[cell.band];
  return heldIn(cells, cell) ?? band?.arriving[cell.index - band.groups.length]?.group;
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
  const { groupAt, groupColumns, topology } = cells.held.picture;
  const shard = indexOfShard(topology.shards, groupId);
  const position = shard < 0 ? -1 : at(groupColumns.groupOf, shard);
  // A group is named by its lowest shard, and by no other.
  const index = position < 0 || groupAt(position).id !== groupId ? -1 : found.groups.indexOf(position);
  if (index >= 0) return { band, index };
  const arriving = found.arriving.findIndex((move) => move.group.id === groupId);
  return arriving < 0 ? undefined : { band, index: found.groups.length + arriving };
}
