import { heldOf, type NodeLoad } from "@/lib/domain/balance";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { columnKey, groupsIn, type MapColumn } from "@/lib/domain/map-columns";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { ShardMove } from "@/lib/domain/shard-moves";
import type { Spot } from "./walk";

/** One row of the map: a node with what it holds of each column, and what is on its way to it. */
export type MapRow = {
  node: ClusterNode;
  name: string;
  isCoordinator: boolean;
  /** By column, in the order of the columns. */
  cells: readonly MapCell[];
  groupCount: number;
  bytes: number;
  isPartial: boolean;
  /** Why sizes of this node are not known; null: it told them. */
  unknownBecause: string | null;
};

export type MapCell = {
  column: MapColumn;
  groups: readonly ShardGroup[];
  arriving: readonly ShardMove[];
  queued: number;
};

export type MapModel = { columns: readonly MapColumn[]; rows: readonly MapRow[]; blocks: number; largest: number };

/** For as many groups as are drawn as blocks: every row has a cell for every column. */
export function mapModel(
  picture: ClusterPicture,
  columns: readonly MapColumn[],
  moves: readonly ShardMove[],
): MapModel {
  const rows = heldOf(picture).map((load) => rowOf(picture, columns, moves, load));
  return {
    columns,
    rows,
    blocks: rows.reduce((sum, row) => sum + row.groupCount, 0),
    largest: picture.groups.reduce((most, group) => Math.max(most, group.bytes ?? 0), 0),
  };
}

function rowOf(
  picture: ClusterPicture,
  columns: readonly MapColumn[],
  moves: readonly ShardMove[],
  { node, groups, bytes, isPartial }: NodeLoad,
): MapRow {
  const cells = columns.map((column) => {
    const coming = moves.filter((move) => move.to === node.groupId && columnKey(move.group) === column.key);
    return {
      column,
      groups: groupsIn(picture, column).filter((group) => group.isOn(node.groupId)),
      arriving: coming.filter((move) => move.progress !== null),
      queued: coming.filter((move) => move.progress === null).length,
    };
  });
  return {
    node,
    name: picture.names.get(node.id) ?? "",
    isCoordinator: isCoordinator(node),
    cells,
    groupCount: groups,
    bytes,
    isPartial,
    unknownBecause: reasonOf(picture, node),
  };
}

/** Nothing is wrong yet: nobody has told a size so far. */
export const BEING_READ = "sizes are being read";

/** Why sizes of a node are not known; null: they are. */
export function reasonOf(picture: ClusterPicture, node: ClusterNode): string | null {
  if (!picture.isMeasured) return BEING_READ;
  const because = picture.silentBecause.get(node.id);
  return because === undefined ? null : `${picture.names.get(node.id)} did not answer`;
}

/** The blocks of each row in the order in which they stand, for walking. */
export function spotsOf(model: MapModel): Spot[][] {
  return model.rows.map((row) =>
    row.cells.flatMap((cell) =>
      cell.groups.map((group) => ({
        nodeGroupId: row.node.groupId,
        columnKey: cell.column.key,
        groupId: group.id,
      })),
    ),
  );
}
