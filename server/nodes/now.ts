import "server-only";
import { holdingsByGroup } from "@/lib/domain/holdings";
import { isJobOpen } from "@/lib/domain/job";
import type { ClusterNode, NodeId } from "@/lib/domain/node";
import type { NodesAndHoldings } from "@/lib/domain/node-rules";
import type { Topology } from "@/lib/domain/topology";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import { readTopology } from "@/server/topology/reads";
import { listNodes } from "./reads";

/** `newestJob`: its number, 0 where there never was one. */
export type NodesNow = NodesAndHoldings & { topology: Topology; newestJob: number };

/**
 * What the rules need, read now and not taken from a snapshot: a change is decided on what is, not on what was. From the
 * coordinator's catalogs only. Sizes are not asked for: no rule hangs on bytes.
 */
export async function readNodesNow(target: Target): Promise<NodesNow> {
  const [nodes, topology, jobs] = await Promise.all([listNodes(target), readTopology(target), listJobs(target)]);
  return {
    nodes,
    topology,
    holdings: holdingsByGroup(topology, () => null),
    openJobId: jobs.find(isJobOpen)?.jobId ?? null,
    newestJob: jobs[0]?.jobId ?? 0,
  };
}

/** @throws AppError `not_found` */
export function nodeOf(nodes: readonly ClusterNode[], nodeId: NodeId): ClusterNode {
  const node = nodes.find((candidate) => candidate.id === nodeId);
  if (!node) throw new AppError("not_found", `There is no node ${nodeId} in the cluster any more.`);
  return node;
}
