import "server-only";
import type { TopicName } from "@/lib/domain/live";
import type { Nodes } from "@/lib/domain/node";
import type { NodeSizes, Sizes } from "@/lib/domain/sizes";
import type { Topology } from "@/lib/domain/topology";
import type { Reader } from "@/server/live/reader";
import type { HandedLayout } from "./messages";

/** Handed over again this often though nothing has moved, so that the snapshot of a day has sizes of its own day. */
const AGAIN_MS = 3_600_000;

/** What was handed over last, and when. */
export type Handed = { key: string; at: number };

/**
 * What to hand over after a read of the layout. Whether it is as before is told by the versions of what was read, at no cost; only
 * then are the columns copied into the thread, which compares them. null: the nodes have not been read.
 */
export function layoutToHand(
  clusterId: string,
  reader: (topic: TopicName) => Reader,
  last: Handed | undefined,
  at: number,
): { handed: HandedLayout | { clusterId: string; at: number }; last: Handed } | null {
  const [topology, nodes, sizes] = [
    reader("topology").snapshot(),
    reader("nodes").snapshot(),
    reader("sizes").snapshot(),
  ];
  if (topology.data === null || nodes.data === null) return null;
  const measured = qualityOf(sizes.data as Sizes | null);
  const key = `${topology.version} ${nodes.version} ${measured}`;
  if (last?.key === key && at - last.at < AGAIN_MS) return { handed: { clusterId, at }, last };
  const { tables, colocationGroups, shards } = topology.data as Topology;
  const { nodes: members } = nodes.data as Nodes;
  const layout = { tables, colocationGroups, shards, nodes: members.map(({ placementCount: _, ...node }) => node) };
  return { handed: { clusterId, at, layout, measured, sizes: toldBy(sizes.data as Sizes | null) }, last: { key, at } };
}

function qualityOf(sizes: Sizes | null): HandedLayout["measured"] {
  if (!sizes?.answers.some(({ ok }) => ok)) return 0;
  return sizes.answers.every((answer) => answer.ok && !answer.value.isExact.includes(0)) ? 2 : 1;
}

function toldBy(sizes: Sizes | null): Map<number, NodeSizes> {
  return new Map(sizes?.answers.flatMap((one) => (one.ok ? [[one.nodeId, one.value] as const] : [])));
}
