import "server-only";
import type { z } from "zod";
import { at, indexOfShard, type ShardColumns } from "@/lib/domain/shard-columns";
import { withMoves } from "@/lib/domain/shard-delta";
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

function replaced(shards: ShardColumns, placed: ReadonlyMap<number, readonly number[]>): ShardColumns {
  const positions = [...placed.keys()].sort((a, b) => a - b);
  const groupIds = positions.map((position) => placed.get(position) ?? []);
  const starts = [0];
  for (const groups of groupIds) starts.push((starts.at(-1) ?? 0) + groups.length);
  return withMoves(shards, {
    moved: Float64Array.from(positions, (position) => at(shards.ids, position)),
    places: { starts: Uint32Array.from(starts), groupIds: Int32Array.from(groupIds.flat()) },
  });
}

/** What server/sql/topology makes of all placements: below 2^53 for eight million of them. */
export function sumOfPlacements({ count, ids, starts, groupIds }: ShardColumns): number {
  let sum = 0;
  for (let index = 0; index < count; index += 1)
    for (let place = at(starts, index); place < at(starts, index + 1); place += 1)
      sum += (at(ids, index) % 1_000_003) * ((at(groupIds, place) % 1_009) + 17) + 1;
  return sum;
}
