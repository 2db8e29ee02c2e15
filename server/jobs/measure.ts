import "server-only";
import { loadsOf } from "@/lib/domain/balance";
import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import { skewOf } from "@/lib/domain/skew";
import type { Target } from "@/server/clusters";
import { listNodes } from "@/server/nodes/reads";
import { readSizes } from "@/server/sizes/reads";
import { readTopology } from "@/server/topology/reads";

/** Nodes, layout and sizes read together now: what a plan is weighed by, and a run before and after. */
export async function readPicture(target: Target): Promise<ClusterPicture> {
  const [nodes, topology, sizes] = await Promise.all([listNodes(target), readTopology(target), readSizes(target)]);
  return clusterPicture(nodes, topology, sizes);
}

/** How far the busiest node is above the mean, in bytes: 0.35 is 35 %. null: some size is not known. */
export function busiestAbove(picture: ClusterPicture): number | null {
  return skewOf(loadsOf(picture), "bytes").busiest?.above ?? null;
}
