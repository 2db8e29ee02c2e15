import type { ClonePlan } from "./clone";
import type { ClusterPicture } from "./cluster-picture";
import type { ShardGroup } from "./shard-groups";

/** What one of the two would hold. `bytes` null: some size is not known. */
export type CloneHalf = { groups: number; bytes: number | null };

/** A worker now, and what of it stays and what its clone takes over. */
export type CloneSplit = { now: CloneHalf; stays: CloneHalf; goes: CloneHalf };

/** The plan in shard groups and bytes: Citus names single shards, and tells no sizes. */
export function cloneSplit({ primaryId, shards }: ClonePlan, picture: ClusterPicture): CloneSplit {
  const groupId = picture.primaries.find((node) => node.id === primaryId)?.groupId ?? -1;
  const going = groupsOf(
    shards.filter((shard) => shard.goesToClone),
    picture,
  );
  const staying = groupsOf(
    shards.filter((shard) => !shard.goesToClone),
    picture,
  );
  const half = (groups: readonly ShardGroup[]) => ({ groups: groups.length, bytes: bytesOn(groupId, groups) });
  return { now: half([...going, ...staying]), stays: half(staying), goes: half(going) };
}

function groupsOf(shards: ClonePlan["shards"], { groupOfShard }: ClusterPicture): ShardGroup[] {
  return [...new Set(shards.flatMap(({ shardId }) => groupOfShard.get(shardId) ?? []))];
}

function bytesOn(groupId: number, groups: readonly ShardGroup[]): number | null {
  return groups.reduce<number | null>((sum, group) => {
    const bytes = group.bytesOn(groupId);
    return sum === null || bytes === null ? null : sum + bytes;
  }, 0);
}
