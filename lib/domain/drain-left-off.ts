import { loadsOf } from "./balance";
import type { ClusterPicture } from "./cluster-picture";
import { type Holdings, holdingsOf } from "./holdings";
import { addressOf, type ClusterNode } from "./node";

/** Closed for shards, and yet holding some that could move: what a drain looks like that failed or was stopped. */
export function isLeftOff(node: ClusterNode, holdings: ReadonlyMap<number, Holdings> | null): boolean {
  const isClosed = node.role === "primary" && node.isActive && !node.isClone && !node.mayHoldShards;
  return isClosed && holdings !== null && holdingsOf(holdings, node.groupId).movableGroups > 0;
}

/** The nodes that a drain was begun of and not ended. Only meaningful while no job is open: then one is just being drained. */
export function stoppedDrains(picture: ClusterPicture): ClusterNode[] {
  return loadsOf(picture)
    .filter(({ node, groups }) => groups > 0 && node.isActive && !node.isClone && !node.mayHoldShards)
    .map(({ node }) => node);
}

/** Both ways on, as one sentence. */
export function leftOffSentence(nodes: readonly ClusterNode[]): string {
  const names = nodes.map(addressOf).join(", ");
  const verb = nodes.length === 1 ? "is" : "are";
  return `${names} ${verb} closed for shards and still ${nodes.length === 1 ? "holds" : "hold"} some: a drain failed or was stopped, or somebody closed it. Queries are served as before.`;
}
