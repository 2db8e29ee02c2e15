"use client";
import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ClusterId } from "@/lib/domain/cluster";
import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import { type Nodes, nodesSchema } from "@/lib/domain/node";
import { type Sizes, sizesSchema } from "@/lib/domain/sizes";
import { type Topology, topologySchema } from "@/lib/domain/topology";
import { type Live, liveQuery } from "./live";

export const topologyQueries = {
  layout: (clusterId: ClusterId) => liveQuery(clusterId, "topology", topologySchema),
  sizes: (clusterId: ClusterId) => liveQuery(clusterId, "sizes", sizesSchema),
};

/** As `LiveState` takes it: the snapshot that is oldest or in trouble stands for all three. */
export type PictureQuery = Pick<UseQueryResult<Live<ClusterPicture>>, "data" | "error" | "isPending">;

/**
 * Nodes, layout and sizes as one. Layout and nodes are enough to draw: until sizes are read, and where a node does not
 * tell them, they are unknown. Made again only when one of the three has news.
 */
export function useClusterPicture(clusterId: ClusterId): PictureQuery {
  const nodes = useQuery(liveQuery(clusterId, "nodes", nodesSchema));
  const layout = useQuery(topologyQueries.layout(clusterId));
  const sizes = useQuery(topologyQueries.sizes(clusterId));
  const nodesRead = nodes.data?.data;
  const layoutRead = layout.data?.data;
  const sizesRead = sizes.data?.data;
  const picture = useMemo(
    () => (nodesRead && layoutRead ? clusterPicture(nodesRead.nodes, layoutRead, sizesRead ?? null) : null),
    [nodesRead, layoutRead, sizesRead],
  );
  const data = useMemo(() => {
    if (!nodes.data || !layout.data) return undefined;
    return { ...spokesman([nodes.data, layout.data, sizes.data]), data: picture };
  }, [nodes.data, layout.data, sizes.data, picture]);
  const error = layout.error ?? nodes.error ?? sizes.error;
  return { data, error, isPending: data === undefined && error === null } as PictureQuery;
}

/** Whose age and problem are shown: the first with a problem, otherwise the oldest. */
function spokesman(lives: readonly (Live<Nodes | Topology | Sizes> | undefined)[]): Live<unknown> {
  const read = lives.filter((live) => live !== undefined);
  const inTrouble = read.find((live) => live.problem !== null);
  const oldest = read.reduce((a, b) => ((b.ageMs ?? 0) > (a.ageMs ?? 0) ? b : a));
  return inTrouble ?? oldest;
}
