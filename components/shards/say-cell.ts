import { type ClusterPicture, tableName } from "@/lib/domain/cluster-picture";
import type { Heat } from "@/lib/domain/shard-activity";
import type { ShardMove } from "@/lib/domain/shard-moves";
import { formatBytes } from "@/lib/format/bytes";
import { rateWords } from "./activity-words";
import type { TipWords } from "./canvas-tip";
import { groupIn, isArriving, type MapCells } from "./map-cells";
import type { Cell } from "./map-geometry";

type Known = { picture: ClusterPicture; cells: MapCells; heat: Heat | null; moves: readonly ShardMove[] };

/** What there is to say of a cell: which group on which node, how large and how busy, where it goes, and its tables. */
export function sayCell({ picture, cells, heat, moves }: Known, cell: Cell): TipWords | undefined {
  const band = cells.bands[cell.band];
  const group = groupIn(cells, cell);
  if (!band || !group) return undefined;
  const move = moves.find((one) => one.group.id === group.id);
  const nodeGroupId = isArriving(cells, cell) ? (move?.from ?? band.node.groupId) : band.node.groupId;
  const bytes = group.bytesOn(nodeGroupId);
  const size =
    bytes === null
      ? `size unknown: ${band.unknownBecause ?? "the node did not name all its shards"}`
      : formatBytes(bytes);
  const lines = [size];
  if (heat) lines.push(rateWords(heat.rateOf(group, nodeGroupId)));
  const way = move && wayOf(move, picture, band.node.groupId);
  if (way) lines.push(way);
  lines.push(group.tableOids.map((oid) => tableName(picture, oid)).join(", "));
  return { name: `${group.id} ${band.name}`, lines };
}

function wayOf({ from, to, progress }: ShardMove, picture: ClusterPicture, here: number): string | null {
  const nameOf = (groupId: number) => {
    const node = picture.primaries.find((one) => one.groupId === groupId);
    return (node && picture.names.get(node.id)) ?? `node group ${groupId}`;
  };
  if (here === to) return `arriving from ${nameOf(from)}: ${progress?.phase ?? "waits"}`;
  if (here !== from) return null;
  return progress ? `leaving for ${nameOf(to)}: ${progress.phase}` : `will move to ${nameOf(to)}`;
}
