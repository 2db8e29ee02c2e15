import { type ClusterPicture, clusterPicture } from "./cluster-picture";
import type { AboutLayout, KeptLayout } from "./kept-layout";
import { type ClusterNode, nodeIdSchema } from "./node";
import type { Sizes } from "./sizes";

export type PastPicture = { picture: ClusterPicture; about: AboutLayout };

/** A kept layout as the screens draw it. Sizes that were not known then are unknown. */
export function pastPicture({ layout, sizes, about }: KeptLayout): PastPicture {
  const { shards } = layout;
  const placements = new Map<number, number>();
  for (const groupId of shards.groupIds) placements.set(groupId, (placements.get(groupId) ?? 0) + 1);
  const nodes = layout.nodes.map(
    (node): ClusterNode => ({
      ...node,
      placementCount: node.role === "primary" ? (placements.get(node.groupId) ?? 0) : 0,
    }),
  );
  const measured: Sizes = {
    answers: [...sizes].map(([nodeId, value]) => ({
      nodeId: nodeIdSchema.parse(nodeId),
      ok: true,
      by: "direct",
      tookMs: 0,
      value,
    })),
  };
  return { picture: clusterPicture(nodes, layout, about.measuredAt === null ? null : measured), about };
}
