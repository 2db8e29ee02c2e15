import { formatBytes } from "../format/bytes";
import { loadsOf, type NodeLoad } from "./balance";
import { ALLOWED, allOf, refused, type Verdict } from "./cluster";
import type { ClusterPicture } from "./cluster-picture";
import type { FromNode } from "./from-node";
import type { ClusterNode } from "./node";
import type { NodeFacts, NodeFactsTopic } from "./node-facts";
import type { ShardGroup } from "./shard-groups";
import type { ColocationGroup } from "./topology";

/** A node as the place where a shard group would go. null: not known. */
export type MoveTarget = {
  node: ClusterNode;
  verdict: Verdict;
  groups: number;
  /** Of what can move. */
  bytes: number | null;
  bytesAfter: number | null;
  diskFreeAfter: number | null;
};

/** Whether a group can be moved at all, wherever to. */
export function mayMoveGroup({ kind, groupIds }: Pick<ShardGroup, "kind" | "groupIds">): Verdict {
  if (kind === "reference") return refused("Reference tables do not move: every node holds a copy of them.");
  if (kind === "local") return refused("A local table does not move: it stays on the coordinator.");
  return groupIds.length === 0 ? refused("No placement of it is registered, so there is nothing to move.") : ALLOWED;
}

/** Whether shards may be put on a node at all: what Citus would refuse, in the order in which it looks. */
export function mayHold(node: ClusterNode): Verdict {
  if (node.isClone) return refused("It is a clone, which holds no shards of its own.");
  if (node.role !== "primary") return refused("It holds what its primary holds. Choose the primary.");
  if (!node.isActive) return refused("It is inactive. Activate it first.");
  return node.mayHoldShards ? ALLOWED : refused("It may not hold shards. Open it for shards first.");
}

/** Whether a group may go to a node, from what the catalogs say. */
export function mayMoveTo(group: Pick<ShardGroup, "kind" | "groupIds">, node: ClusterNode): Verdict {
  const isThere = node.role === "primary" && group.groupIds.includes(node.groupId);
  return isThere ? refused("It holds this group already.") : mayHold(node);
}

/** Whether Citus makes one more copy of a group: of reference tables, and of tables whose shards it keeps in several copies itself. */
export function mayCopyGroup(
  { kind, colocationId, groupIds }: Pick<ShardGroup, "kind" | "colocationId" | "groupIds">,
  colocationGroups: readonly ColocationGroup[],
): Verdict {
  if (groupIds.length === 0) return refused("No placement of it is registered, so there is nothing to copy.");
  if (kind === "reference") return ALLOWED;
  const factor = colocationGroups.find((group) => group.id === colocationId)?.replicationFactor ?? 1;
  if (factor > 1) return ALLOWED;
  return refused(
    "Citus copies shards only of tables that were made with a replication factor over 1; these have 1. Move it, or keep a standby.",
  );
}

/** Whether a copy may go to a node. Reference tables go to every node, also to one that is closed for shards. */
export function mayCopyTo(group: Pick<ShardGroup, "kind" | "groupIds">, node: ClusterNode): Verdict {
  return mayMoveTo(group, group.kind === "reference" ? { ...node, mayHoldShards: true } : node);
}

/** Every node with whether the group may go there, what it holds then, and the room it has. The legal ones first, by bytes. */
export function moveTargets(
  group: ShardGroup,
  picture: ClusterPicture,
  facts: NodeFactsTopic | null,
  mayGoTo: typeof mayMoveTo = mayMoveTo,
): MoveTarget[] {
  const loads = new Map(loadsOf(picture).map((load) => [load.node.id, load]));
  const targets = picture.nodes.map((node) => {
    const answer = facts?.answers.find((candidate) => candidate.nodeId === node.id);
    return targetOf(group, mayGoTo(group, node), node, loads.get(node.id), answer);
  });
  return targets.sort(
    (a, b) =>
      Number(b.verdict.allowed) - Number(a.verdict.allowed) ||
      (a.bytes ?? Number.POSITIVE_INFINITY) - (b.bytes ?? Number.POSITIVE_INFINITY) ||
      a.node.id - b.node.id,
  );
}

function targetOf(
  group: ShardGroup,
  mayGo: Verdict,
  node: ClusterNode,
  load: NodeLoad | undefined,
  answer: FromNode<NodeFacts> | undefined,
): MoveTarget {
  const bytes = load?.isPartial ? null : (load?.bytes ?? 0);
  const diskFree = answer?.ok ? answer.value.diskFreeBytes : null;
  return {
    node,
    verdict: allOf(mayGo, doesAnswer(answer), hasRoom(group.bytes, diskFree)),
    groups: load?.groups ?? 0,
    bytes,
    bytesAfter: bytes === null || group.bytes === null ? null : bytes + group.bytes,
    diskFreeAfter: diskFree === null || group.bytes === null ? null : diskFree - group.bytes,
  };
}

function doesAnswer(answer: FromNode<NodeFacts> | undefined): Verdict {
  return answer && !answer.ok ? refused("It does not answer, so nothing can be copied to it.") : ALLOWED;
}

function hasRoom(bytes: number | null, free: number | null): Verdict {
  if (bytes === null || free === null || free >= bytes) return ALLOWED;
  return refused(`Its disk has ${formatBytes(free)} free, and the group is ${formatBytes(bytes)}.`);
}
