import type { ClusterPicture } from "./cluster-picture";
import { KINDS } from "./group-columns";
import type { ClusterNode } from "./node";
import { at } from "./shard-columns";
import { isMovable } from "./shard-groups";
import { knownOf } from "./shard-sizes";

/** What of the cluster is looked at: everything that may be moved, one table, or one colocation group. */
export type BalanceScope =
  | { kind: "cluster" }
  | { kind: "table"; oid: number }
  | { kind: "colocation"; colocationId: number };

/** What one node holds of a scope. */
export type NodeLoad = {
  node: ClusterNode;
  /** It is an active primary and may be given shards: balance is between these. */
  counts: boolean;
  groups: number;
  shards: number;
  /** The sum of the known sizes. */
  bytes: number;
  /** `bytes` is "at least": the size of some shard here is not known. */
  isPartial: boolean;
};

/**
 * What each node holds of the scope: the nodes that count, and those that do not but hold something all the same.
 * Reference tables and local ones are outside the scope `cluster`: no rebalance moves them.
 */
export function loadsOf(picture: ClusterPicture, scope: BalanceScope = { kind: "cluster" }): NodeLoad[] {
  return sumUp(picture, scope, inScope(picture, scope)).filter((load) => load.counts || load.groups > 0);
}

/** Everything that each primary holds, reference tables and local ones included. */
export function heldOf(picture: ClusterPicture): NodeLoad[] {
  return sumUp(picture, { kind: "cluster" }, new Uint8Array(picture.groupColumns.count).fill(1));
}

/** 1 for each group of the scope. */
function inScope({ groupColumns, topology }: ClusterPicture, scope: BalanceScope): Uint8Array {
  const { kinds, colocationIds, groupOf } = groupColumns;
  if (scope.kind === "cluster") return kinds.map((kind) => MOVABLE[kind] ?? 1);
  if (scope.kind === "colocation") return Uint8Array.from(colocationIds, (id) => Number(id === scope.colocationId));
  const chosen = new Uint8Array(groupColumns.count);
  topology.shards.tableOids.forEach((oid, index) => {
    if (oid === scope.oid) chosen[at(groupOf, index)] = 1;
  });
  return chosen;
}

/** By the number of a kind, whether a rebalance may move it. */
const MOVABLE = KINDS.map((kind) => Number(isMovable({ kind })));

function sumUp(picture: ClusterPicture, scope: BalanceScope, chosen: Uint8Array): NodeLoad[] {
  const loads = new Map(picture.primaries.map((node) => [node.groupId, emptyLoad(node)]));
  const { groupColumns: groups, placements } = picture;
  const { shards } = picture.topology;
  for (let group = 0; group < groups.count; group += 1) {
    if (chosen[group] !== 1) continue;
    for (let place = at(groups.placeStarts, group); place < at(groups.placeStarts, group + 1); place += 1) {
      const load = loads.get(at(groups.placeGroupIds, place));
      if (load) load.groups += 1;
    }
  }
  for (let index = 0; index < shards.count; index += 1) {
    if (chosen[at(groups.groupOf, index)] !== 1) continue;
    if (scope.kind === "table" && shards.tableOids[index] !== scope.oid) continue;
    for (let place = at(shards.starts, index); place < at(shards.starts, index + 1); place += 1) {
      const load = loads.get(at(shards.groupIds, place));
      if (load) addShard(load, knownOf(at(placements.bytes, place)));
    }
  }
  return [...loads.values()];
}

function emptyLoad(node: ClusterNode): NodeLoad {
  return { node, counts: node.isActive && node.mayHoldShards, groups: 0, shards: 0, bytes: 0, isPartial: false };
}

function addShard(load: NodeLoad, bytes: number | null): void {
  load.shards += 1;
  load.bytes += bytes ?? 0;
  load.isPartial ||= bytes === null;
}
