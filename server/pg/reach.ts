import "server-only";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { Target } from "@/server/clusters";

/** For so long a node that did not answer here is asked through the coordinator at once, before it is tried directly again. */
const ROUNDABOUT_MS = 60_000;

type Reach = { reached: Set<string>; failedAt: Map<string, number> };
/** Shared by the module graphs of one process, and forgotten with it: a network changes seldom, but it does. */
const holder = globalThis as typeof globalThis & { __shardboardReach?: Reach };
const known = (): Reach => (holder.__shardboardReach ??= { reached: new Set(), failedAt: new Map() });

/** With its address: a node that Citus moved to another one has to be found there anew. */
const keyOf = (target: Target, node: ClusterNode) => `${target.clusterId} ${node.id} ${addressOf(node)}`;

/** Whether this process has reached the node itself: from then on its silence is its own, not the network's. */
export function wasReached(target: Target, node: ClusterNode): boolean {
  return known().reached.has(keyOf(target, node));
}

/** Whether to try the node's own address first; a console outside the cluster's network would pay for that with every question. */
export function isWorthADirectTry(target: Target, node: ClusterNode): boolean {
  const failedAt = known().failedAt.get(keyOf(target, node));
  return wasReached(target, node) || failedAt === undefined || performance.now() - failedAt > ROUNDABOUT_MS;
}

export function noteReached(target: Target, node: ClusterNode): void {
  known().reached.add(keyOf(target, node));
}

export function noteUnreached(target: Target, node: ClusterNode): void {
  if (!wasReached(target, node)) known().failedAt.set(keyOf(target, node), performance.now());
}

/** For tests: as if the process had just begun. */
export function forgetReach(): void {
  holder.__shardboardReach = { reached: new Set(), failedAt: new Map() };
}
