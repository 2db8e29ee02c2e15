import "server-only";
import { loadsOf } from "@/lib/domain/balance";
import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import type { SkewNow } from "@/lib/domain/job";
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

/** How evenly the shard groups lie now. */
export function skewNow(picture: ClusterPicture): SkewNow {
  const loads = loadsOf(picture);
  const bytes = skewOf(loads, "bytes");
  return {
    bytes: bytes.busiest?.above ?? null,
    groups: skewOf(loads, "groups").busiest?.above ?? null,
    closedGroups: bytes.closed.reduce((sum, load) => sum + load.groups, 0),
  };
}
