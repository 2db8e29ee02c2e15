import type { ClusterSnapshot, SnapshotShard } from "./cluster-snapshot";
import { type ShippedStrategy, shippedCost } from "./shipped-strategies";

/** The shards of one group on one node: they move as one. */
export type Bundle = {
  /** The lowest id of the whole group, wherever it is: what the planner calls it by. */
  groupId: number;
  /** The lowest id of those here: what a move names. */
  shardId: number;
  shardIds: number[];
  nodeId: number;
  bytes: number;
  cost: number;
};

type Gathered = Omit<Bundle, "groupId" | "cost"> & { given: number | null };
type Members = { shardIds: Set<number>; bundles: Map<number, Gathered> };

/** Bundles by the group that they are balanced in; groups, and bundles in them, in the order in which the file has them. */
export function bundlesOf({ shards }: ClusterSnapshot, strategy: ShippedStrategy): Bundle[][] {
  const balanced = new Map<string, Map<string, Members>>();
  for (const shard of shards) {
    const groups = entryOf(balanced, JSON.stringify(shard.colocationGroup ?? null), () => new Map<string, Members>());
    const members = entryOf(groups, keyOf(shard), () => ({ shardIds: new Set<number>(), bundles: new Map() }));
    members.shardIds.add(shard.id);
    gather(members, shard);
  }
  return [...balanced.values()].map((groups) => [...groups.values()].flatMap((one) => finished(one, strategy)));
}

function keyOf({ id, shardGroup }: SnapshotShard): string {
  return shardGroup === null || shardGroup === undefined ? `shard ${id}` : JSON.stringify(shardGroup);
}

function gather({ bundles }: Members, { id, nodeId, bytes, cost }: SnapshotShard): void {
  const bundle = entryOf(bundles, nodeId, () => ({ shardId: id, shardIds: [], nodeId, bytes: 0, given: null }));
  bundle.shardIds.push(id);
  bundle.shardId = Math.min(bundle.shardId, id);
  bundle.bytes += bytes ?? 0;
  if (cost !== null && cost !== undefined) bundle.given = (bundle.given ?? 0) + cost;
}

function finished({ shardIds, bundles }: Members, strategy: ShippedStrategy): Bundle[] {
  const groupId = shardIds.values().reduce((least, id) => Math.min(least, id), Number.POSITIVE_INFINITY);
  return [...bundles.values()].map(({ given, ...bundle }) => ({
    ...bundle,
    groupId,
    cost: given ?? shippedCost(strategy, bundle.bytes) ?? 0,
  }));
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
