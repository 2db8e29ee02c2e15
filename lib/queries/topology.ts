"use client";
import { queryOptions, type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ClusterId } from "@/lib/domain/cluster";
import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import type { ColumnData, ColumnTopic } from "@/lib/domain/layout-codec";
import { rememberColumns } from "@/lib/domain/map-columns";
import { type Nodes, nodesSchema } from "@/lib/domain/node";
import type { Sizes } from "@/lib/domain/sizes";
import type { Topology } from "@/lib/domain/topology";
import { pageNow, syncPageClock } from "@/lib/page-clock";
import { layoutEngine } from "./layout-door";
import { ASK_ALONE_MS, type Live, liveKeys, liveQuery, millisecondsOf } from "./live";
import { pictureIds } from "./picture-ids";

export const topologyQueries = {
  layout: (clusterId: ClusterId) => columnQuery(clusterId, "topology"),
  sizes: (clusterId: ClusterId) => columnQuery(clusterId, "sizes"),
};

/** The newest snapshot of a topic that travels as columns: as `liveQuery`, but read and decoded in the worker. */
function columnQuery<T extends ColumnTopic>(clusterId: ClusterId, topic: T) {
  return queryOptions({
    queryKey: liveKeys.topic(clusterId, topic),
    queryFn: async ({ client, queryKey }): Promise<Live<ColumnData[T]>> => {
      const known = client.getQueryData<Live<ColumnData[T]>>(queryKey);
      const { content, ...told } = await layoutEngine().read({ clusterId, topic, version: known?.version ?? null });
      syncPageClock(told.date);
      const ages = {
        ageMs: millisecondsOf(told.ageMs),
        failingForMs: millisecondsOf(told.failingForMs),
        receivedAt: pageNow(),
      };
      if (content) return { ...content, ...ages, tookMs: millisecondsOf(told.tookMs) };
      // Without content the version is the one that was asked about.
      return { ...(known as Live<ColumnData[T]>), ...ages };
    },
    refetchInterval: ASK_ALONE_MS,
    staleTime: 0,
    retry: false,
    structuralSharing: false,
  });
}

/** As `LiveState` takes it: the snapshot that is oldest or in trouble stands for all three. */
export type PictureQuery = Pick<UseQueryResult<Live<ClusterPicture>>, "data" | "error" | "isPending">;

/**
 * Nodes, layout and sizes as one. Layout and nodes are enough to draw: until sizes are read, and where a node does not
 * tell them, they are unknown. Made again only when one of the three has news, and once for all who look; until it is made
 * the one before stays.
 */
export function useClusterPicture(clusterId: ClusterId): PictureQuery {
  const nodes = useQuery(liveQuery(clusterId, "nodes", nodesSchema));
  const layout = useQuery(topologyQueries.layout(clusterId));
  // Measuring is work for every server: what is looked at first comes first.
  const sizes = useQuery({ ...topologyQueries.sizes(clusterId), enabled: layout.data !== undefined || layout.isError });
  const picture = useQuery(pictureQuery(clusterId, drawnNodes(clusterId, nodes.data), layout.data, sizes.data));
  const made = picture.data;
  const isUnread = nodes.data?.data === null || layout.data?.data === null;
  const data = useMemo(() => {
    if (!nodes.data || !layout.data || (!made && !isUnread)) return undefined;
    return { ...spokesman([nodes.data, layout.data, sizes.data]), data: isUnread ? null : (made ?? null) };
  }, [nodes.data, layout.data, sizes.data, made, isUnread]);
  const error = layout.error ?? nodes.error ?? sizes.error ?? picture.error;
  return { data, error, isPending: data === undefined && error === null } as PictureQuery;
}

type DrawnNodes = Pick<Live<Nodes>, "version" | "data">;
/** Of each cluster the nodes that its picture was made of, and the newest that were looked at. */
const drawn = new Map<ClusterId, { nodes: DrawnNodes; text: string; seen: Nodes }>();

/**
 * The nodes as a picture needs them. Every move changes how many placements two of them count, a moment after the layout: that is no other
 * picture, which would have to be made of all shards once more.
 */
function drawnNodes(clusterId: ClusterId, nodes: Live<Nodes> | undefined): DrawnNodes | undefined {
  if (!nodes?.data) return nodes;
  const known = drawn.get(clusterId);
  if (known?.seen === nodes.data) return known.nodes;
  const text = JSON.stringify(nodes.data.nodes.map((node) => ({ ...node, placementCount: node.placementCount > 0 })));
  const now = { nodes: known?.text === text ? known.nodes : nodes, text, seen: nodes.data };
  drawn.set(clusterId, now);
  return now.nodes;
}

function pictureQuery(
  clusterId: ClusterId,
  nodes: DrawnNodes | undefined,
  layout: Live<Topology> | undefined,
  sizes: Live<Sizes> | undefined,
) {
  const [nodesRead, layoutRead] = [nodes?.data ?? null, layout?.data ?? null];
  const measured = sizes?.data ? sizes : null;
  return queryOptions({
    queryKey: liveKeys.picture(clusterId, [nodes?.version, layout?.version, measured?.version]),
    queryFn: async (): Promise<ClusterPicture | null> => {
      if (!nodesRead || !layoutRead || !layout) return null;
      const versions = { topology: layout.version, sizes: measured?.version ?? null };
      const made = await layoutEngine().picture({ clusterId, nodes: nodesRead.nodes, ...versions });
      const picture = clusterPicture(nodesRead.nodes, layoutRead, measured?.data ?? null, made ?? undefined);
      if (made) {
        pictureIds.set(picture, { clusterId, pictureId: made.pictureId });
        rememberColumns(picture, made.columns);
      }
      return picture;
    },
    enabled: nodesRead !== null && layoutRead !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
    placeholderData: (before, query) => (query?.queryKey[1] === clusterId ? before : undefined),
  });
}

/** Whose age and problem are shown: the first with a problem, otherwise the oldest. */
function spokesman(lives: readonly (Live<Nodes | Topology | Sizes> | undefined)[]): Live<unknown> {
  const read = lives.filter((live) => live !== undefined);
  const inTrouble = read.find((live) => live.problem !== null);
  const oldest = read.reduce((a, b) => ((b.ageMs ?? 0) > (a.ageMs ?? 0) ? b : a));
  return inTrouble ?? oldest;
}
