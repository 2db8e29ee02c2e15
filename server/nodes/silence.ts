import "server-only";
import type { Note } from "@/lib/domain/change";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { listOf } from "@/lib/domain/node-names";
import type { Target } from "@/server/clusters";
import { readNodeFacts } from "./facts";

/** The active primaries that do not answer now. */
export async function silentPrimaries(target: Target, nodes: readonly ClusterNode[]): Promise<ClusterNode[]> {
  return silentAmong(nodes, await readNodeFacts(target));
}

export function silentAmong(nodes: readonly ClusterNode[], { answers }: NodeFactsTopic): ClusterNode[] {
  const silent = new Set(answers.filter((answer) => !answer.ok).map((answer) => answer.nodeId));
  return nodes.filter((node) => node.role === "primary" && node.isActive && silent.has(node.id));
}

/** Citus writes every change of nodes on every node, and fails as a whole when one is away. Said before it is tried. */
export function silenceNotes(silent: readonly ClusterNode[]): Note[] {
  if (silent.length === 0) return [];
  const verb = silent.length === 1 ? "does" : "do";
  return [
    {
      tone: "warn",
      text: `${listOf(silent.map(addressOf))} ${verb} not answer.`,
      detail: "Citus writes this change on every node: it will most likely fail, and then changes nothing.",
    },
  ];
}
