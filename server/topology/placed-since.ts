import "server-only";
import type { z } from "zod";
import { at, indexOfShard, type ShardColumns } from "@/lib/domain/shard-columns";
import type { readPlacedSince } from "@/server/sql/topology";

type Row = z.output<(typeof readPlacedSince)["row"]>;
/** A layout and the sum that the catalogs had with it: placements of shards that are in no table are in the sum alone. */
type Placed = { shards: ShardColumns; sum: number };

/**
 * The layout with the shards put where the catalogs say that they are now. null: a shard is new, or the whole does not add up to what the
 * catalogs hold (something went without a new placement): then everything has to be read.
 */
export function withPlaced(known: Placed, { ids, group_ids: groupIds, sum }: Row): ShardColumns | null {
  const { shards } = known;
  const moved = new Map<number, number[]>();
  for (const [position, id] of ids.entries()) {
    const index = indexOfShard(shards, id);
    if (index < 0) return null;
    const groups = moved.get(index) ?? [];
    groups.push(at(groupIds, position));
    moved.set(index, groups);
  }
  const next = replaced(shards, moved);
  return sumOfPlacements(next) - sumOfPlacements(shards) === sum - known.sum ? next : null;
}

function replaced(shards: ShardColumns, moved: ReadonlyMap<number, readonly number[]>): ShardColumns {
  let total = shards.groupIds.length;
  for (const [index, groups] of moved)
    total += groups.length - (at(shards.starts, index + 1) - at(shards.starts, index));
  const starts = new Uint32Array(shards.count + 1);
  const groupIds = new Int32Array(total);
  let kept = 0;
  for (let index = 0; index < shards.count; index += 1) {
    starts[index] = kept;
    const groups = moved.get(index) ?? shards.groupIds.subarray(shards.starts[index], shards.starts[index + 1]);
    groupIds.set(groups, kept);
    kept += groups.length;
  }
  starts[shards.count] = kept;
  return { ...shards, starts, groupIds };
}

/** What server/sql/topology makes of all placements: below 2^53 for eight million of them. */
export function sumOfPlacements({ count, ids, starts, groupIds }: ShardColumns): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1)
    for (let place = at(starts, index); place < at(starts, index + 1); place += 1)
      sum += (at(ids, index) % 1_000_003) * ((at(groupIds, place) % 1_009) + 17) + 1;
  return sum;
}
