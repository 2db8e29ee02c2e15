import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";

/** On globalThis, because the action that asks and the collector that reads may be different copies of this module. */
const holder = globalThis as typeof globalThis & { __shardboardViewsWanted?: Set<ClusterId> };
const wanted = () => (holder.__shardboardViewsWanted ??= new Set());

/** Makes the next read of the topic `activity` use Citus' own views, so that the answer is the snapshot everyone sees. */
export function requestViews(clusterId: ClusterId): void {
  wanted().add(clusterId);
}

export function takeViewsRequest(clusterId: ClusterId): boolean {
  return wanted().delete(clusterId);
}
