import { ALLOWED, refused, type Verdict } from "./cluster";
import { type Holdings, holdingsOf } from "./holdings";
import { addressOf, type ClusterNode, isCoordinator } from "./node";

/** What the rules look at. `holdings` null: what lies where has not been read yet. */
export type NodesAndHoldings = {
  nodes: readonly ClusterNode[];
  holdings: ReadonlyMap<number, Holdings> | null;
  /** The background job that is under way, if one is. */
  openJobId: number | null;
  /** Whether this Citus can promote clones; missing while it is not known. */
  hasClones?: boolean;
};

const NOT_KNOWN = refused("What it holds has not been read yet. Wait for the shard counts.");

/** Whether any worker can be added now. Citus refuses while the coordinator stands as "localhost": workers could not find it. */
export function mayAddNodes(nodes: readonly ClusterNode[]): Verdict {
  const coordinator = nodes.find(isCoordinator);
  return coordinator?.host === "localhost"
    ? refused(
        "The coordinator is registered as localhost, which no worker can reach. Set the coordinator's host first.",
      )
    : ALLOWED;
}

/** Whether this address can be added: citus_add_node would return the id of a node that is there already and say nothing. */
export function mayAdd(address: { host: string; port: number }, nodes: readonly ClusterNode[]): Verdict {
  const known = nodes.find((node) => node.host === address.host && node.port === address.port);
  if (!known) return address.host === "localhost" ? ALLOWED : mayAddNodes(nodes);
  const name = addressOf(known);
  if (isCoordinator(known)) return refused(`${name} is the coordinator of this cluster. Give another address.`);
  if (known.isClone) return refused(`${name} is in the cluster already, as a clone. Promote or remove it there.`);
  if (!known.isActive) return refused(`${name} is in the cluster already, but inactive. Activate it instead.`);
  return refused(`${name} is in the cluster already, as node ${known.id}. Give another address.`);
}

/** A secondary belongs to a worker or to the coordinator, which must be there and active. */
export function mayAddSecondary(primary: ClusterNode): Verdict {
  if (primary.isClone || primary.role !== "primary") return refused("Only a primary can have secondaries.");
  return primary.isActive ? ALLOWED : refused("It is inactive. Activate it first.");
}

export function mayActivate(node: ClusterNode): Verdict {
  if (node.isClone) return refused("It is a clone, which waits to be promoted. It is not activated.");
  return node.isActive ? refused("It is active already.") : ALLOWED;
}

export function mayDisable(node: ClusterNode, { holdings }: NodesAndHoldings): Verdict {
  if (isCoordinator(node) && node.role === "primary") return refused("The coordinator cannot be disabled.");
  if (node.isClone) return refused("It is a clone, which is never active.");
  if (!node.isActive) return refused("It is inactive already.");
  return node.role === "primary" ? holdsNoOnlyCopy(node, holdings) : ALLOWED;
}

export function mayRemove(node: ClusterNode, { nodes, holdings }: NodesAndHoldings): Verdict {
  if (isCoordinator(node) && node.role === "primary") return refused("The coordinator cannot leave its own cluster.");
  if (node.isClone) return refused("It is a clone, which has a way out of its own: Remove clone.");
  if (node.role === "secondary") return ALLOWED;
  // Citus would remove the primary and leave its secondaries behind, in a group without a primary.
  const left = nodes.filter((other) => other.groupId === node.groupId && other.id !== node.id);
  if (left.length > 0)
    return refused(`Its secondary ${left.map(addressOf).join(", ")} is registered. Remove that first.`);
  return holdsNoOnlyCopy(node, holdings);
}

function holdsNoOnlyCopy(node: ClusterNode, holdings: NodesAndHoldings["holdings"]): Verdict {
  if (!holdings) return NOT_KNOWN;
  const { onlyCopies } = holdingsOf(holdings, node.groupId);
  if (onlyCopies === 0) return ALLOWED;
  return refused(`It holds the only copy of ${onlyCopies} ${onlyCopies === 1 ? "shard" : "shards"}. Drain it first.`);
}

/** May it get shards from now on? The coordinator may, on small clusters. */
export function mayOpen(node: ClusterNode): Verdict {
  const verdict = hasProperty(node);
  if (!verdict.allowed) return verdict;
  return node.mayHoldShards ? refused("It may hold shards already.") : ALLOWED;
}

/** May it be closed for new shards? What it holds stays where it is. */
export function mayClose(node: ClusterNode, { nodes }: NodesAndHoldings): Verdict {
  const verdict = hasProperty(node);
  if (!verdict.allowed) return verdict;
  if (!node.mayHoldShards) return refused("It is closed for new shards already.");
  return otherHomes(node, nodes).length > 0
    ? ALLOWED
    : refused("It is the last node that may hold shards: no table could be distributed. Add a worker first.");
}

function hasProperty(node: ClusterNode): Verdict {
  if (node.isClone) return refused("It is a clone, which holds no shards of its own.");
  return node.role === "primary" ? ALLOWED : refused("It holds what its primary holds. Change it at the primary.");
}

export function mayDrain(node: ClusterNode, { nodes, holdings, openJobId }: NodesAndHoldings): Verdict {
  const verdict = hasProperty(node);
  if (!verdict.allowed) return verdict;
  if (!node.isActive) return refused("It is inactive, so nothing can be moved off it. Activate it first.");
  if (!holdings) return NOT_KNOWN;
  if (holdingsOf(holdings, node.groupId).movableGroups === 0) {
    return refused(
      node.mayHoldShards
        ? "It holds no shard that could move. Close it for new shards, or remove it."
        : "It holds no shard that could move, and gets none. It can be removed.",
    );
  }
  if (otherHomes(node, nodes).length === 0) return refused("No other active node may hold shards. Add a worker first.");
  return openJobId === null ? ALLOWED : refused(`Job ${openJobId} is under way. Wait for its end or stop it first.`);
}

/** Where shards of this node could go: the other active primaries that are open for shards. */
export function otherHomes(node: ClusterNode, nodes: readonly ClusterNode[]): ClusterNode[] {
  return nodes.filter(
    (other) => other.id !== node.id && other.role === "primary" && other.isActive && other.mayHoldShards,
  );
}

/** Closed nodes that still hold shards: draining one drains them all, because the rebalance knows no single node. */
export function alsoDrained(node: ClusterNode, { nodes, holdings }: NodesAndHoldings): ClusterNode[] {
  return nodes.filter(
    (other) =>
      other.id !== node.id &&
      other.role === "primary" &&
      other.isActive &&
      !other.mayHoldShards &&
      holdings !== null &&
      holdingsOf(holdings, other.groupId).movableGroups > 0,
  );
}
