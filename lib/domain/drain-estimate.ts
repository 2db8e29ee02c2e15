import type { ClusterPicture } from "./cluster-picture";
import { type Holdings, holdingsOf } from "./holdings";
import type { ClusterNode } from "./node";
import type { NodeFactsTopic } from "./node-facts";
import { otherHomes } from "./node-rules";
import { isMovable } from "./shard-groups";

/** One node that would take in shard groups. `after` values are estimates. null: some size is not known. */
export type DrainHome = {
  node: ClusterNode;
  groups: number;
  groupsAfter: number;
  bytes: number | null;
  bytesAfter: number | null;
  diskFree: number | null;
  diskTotal: number | null;
  diskFreeAfter: number | null;
};
export type DrainEstimate = { groups: number; bytes: number; isPartial: boolean; homes: DrainHome[] };

/**
 * About where the shard groups of a node would go. Citus makes its plan only once the node is closed, so this is a guess in
 * its manner: the largest group first, each to the node that then holds the least, by groups where some size is not known.
 * What leaves is exact.
 */
export function drainEstimate(
  node: ClusterNode,
  picture: ClusterPicture,
  holdings: ReadonlyMap<number, Holdings>,
  facts: NodeFactsTopic | null,
): DrainEstimate {
  const leaving = picture.groups
    .filter((group) => isMovable(group) && group.groupIds.includes(node.groupId))
    .map((group) => ({ group, bytes: group.bytesByGroupId.get(node.groupId) ?? null }))
    .sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
  const isPartial = leaving.some(({ bytes }) => bytes === null);
  const homes = otherHomes(node, picture.nodes).map((home) => homeOf(home, holdings, facts));
  const areSizesKnown = !isPartial && homes.every((home) => home.bytes !== null);
  const weight = (home: DrainHome) => (areSizesKnown ? (home.bytesAfter ?? 0) : home.groupsAfter);
  for (const { group, bytes } of leaving) {
    // A node that holds a copy of the group already takes no second one.
    const free = homes.filter((home) => !group.groupIds.includes(home.node.groupId));
    const target = free.reduce<DrainHome | undefined>(
      (least, home) => (least && weight(least) <= weight(home) ? least : home),
      undefined,
    );
    if (!target) continue;
    target.groupsAfter += 1;
    target.bytesAfter = target.bytesAfter === null || bytes === null ? null : target.bytesAfter + bytes;
    target.diskFreeAfter = target.diskFreeAfter === null || bytes === null ? null : target.diskFreeAfter - bytes;
  }
  return {
    groups: leaving.length,
    bytes: leaving.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    isPartial,
    homes,
  };
}

function homeOf(node: ClusterNode, holdings: ReadonlyMap<number, Holdings>, facts: NodeFactsTopic | null): DrainHome {
  const { movableGroups, movableBytes, isPartial } = holdingsOf(holdings, node.groupId);
  const answer = facts?.answers.find((candidate) => candidate.nodeId === node.id);
  const diskFree = answer?.ok ? answer.value.diskFreeBytes : null;
  return {
    node,
    groups: movableGroups,
    groupsAfter: movableGroups,
    bytes: isPartial ? null : movableBytes,
    bytesAfter: isPartial ? null : movableBytes,
    diskFree,
    diskTotal: answer?.ok ? answer.value.diskTotalBytes : null,
    diskFreeAfter: diskFree,
  };
}

/** Below this share of free space a file system counts as nearly full. */
const DISK_LOW = 0.1;

/** Whether it fits, as one word and a sentence. */
export function capacityVerdict({ homes }: DrainEstimate): { tone: "ok" | "warn" | "bad"; sentence: string } {
  if (homes.some((home) => home.diskFreeAfter !== null && home.diskFreeAfter < 0))
    return { tone: "bad", sentence: "The disk is too small on some node" };
  if (homes.some((home) => home.diskFreeAfter === null))
    return { tone: "warn", sentence: "Free disk is not known everywhere" };
  const isLow = homes.some(
    ({ diskFreeAfter, diskTotal }) =>
      diskFreeAfter !== null && diskTotal !== null && diskFreeAfter < diskTotal * DISK_LOW,
  );
  return isLow
    ? { tone: "warn", sentence: "Disk gets low on some node" }
    : { tone: "ok", sentence: "Capacity is enough" };
}
