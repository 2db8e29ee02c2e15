import "server-only";
import type { z } from "zod";
import { at, type ShardColumns } from "@/lib/domain/shard-columns";
import { AppError } from "@/lib/errors";
import type { readShards } from "@/server/sql/topology";

type Row = z.output<(typeof readShards)["row"]>;

/**
 * The catalogs' answer as columns. Placements come in the order of the shards, so both lists are walked once.
 *
 * @throws AppError `unexpected_row` where the lists do not belong together
 */
export function columnsOf(row: Row): ShardColumns {
  const { ids, table_oids: tableOids, mins, maxs, placed_ids: placedIds, group_ids: groupIds } = row;
  const count = ids.length;
  // One empty number is an empty text.
  const isWhole = tableOids.length === count && placedIds.length === groupIds.length;
  if (!isWhole || ![mins, maxs].every((own) => own.length === count || (count === 1 && own.length === 0)))
    throw new AppError("unexpected_row", "The lists of shards have different lengths.");
  if (
    !ids.every((id, index) => index === 0 || at(ids, index - 1) < id) ||
    !placedIds.every((id, index) => index === 0 || at(placedIds, index - 1) <= id)
  )
    throw new AppError("unexpected_row", "The shards are not in order.");
  return {
    count,
    ids,
    tableOids: Uint32Array.from(tableOids),
    mins: Int32Array.from(mins.length === count ? mins : [0]),
    maxs: Int32Array.from(maxs.length === count ? maxs : [0]),
    hasRange: Uint8Array.from(ids, (_, index) => Number(isInt4(mins[index]) && isInt4(maxs[index]))),
    ...placed(ids, placedIds, groupIds),
  };
}

const isInt4 = (value: number | undefined) => value !== undefined && value === (value | 0);

/** Placements of shards that are not known are left out. */
function placed(
  ids: Float64Array,
  placedIds: Float64Array,
  groupIds: Float64Array,
): Pick<ShardColumns, "starts" | "groupIds"> {
  const starts = new Uint32Array(ids.length + 1);
  const groups = new Int32Array(placedIds.length);
  let place = 0;
  let kept = 0;
  for (let index = 0; index < ids.length; index += 1) {
    const id = at(ids, index);
    starts[index] = kept;
    while (place < placedIds.length && at(placedIds, place) < id) place += 1;
    for (; placedIds[place] === id; place += 1) {
      groups[kept] = at(groupIds, place);
      kept += 1;
    }
  }
  starts[ids.length] = kept;
  return { starts, groupIds: groups.slice(0, kept) };
}
