import type { ClusterPicture } from "./cluster-picture";
import { at } from "./shard-columns";
import type { ShardView } from "./shard-view";

/** Whether anything is asked of the rows at all. */
export function isFiltered({ filter, node, column }: Pick<ShardView, "filter" | "node" | "column">): boolean {
  return filter.trim() !== "" || node !== null || column !== null;
}

/** 1 for each group of the picture of which a row is among these, groups or shards by their positions. */
export function shownGroups(
  { groupColumns }: Pick<ClusterPicture, "groupColumns">,
  kind: ShardView["rows"],
  positions: Uint32Array,
): Uint8Array {
  const shown = new Uint8Array(groupColumns.count);
  for (const position of positions) shown[kind === "groups" ? position : at(groupColumns.groupOf, position)] = 1;
  return shown;
}
