import type { FromNode } from "@/lib/domain/from-node";
import type { ClusterNode } from "@/lib/domain/node";
import type { NodeFacts } from "@/lib/domain/node-facts";

function someFacts(over: Partial<NodeFacts> = {}): NodeFacts {
  return {
    postgresVersion: "15.20",
    citusVersion: "Citus 13.2.2",
    extensionVersion: "13.2-1",
    connectionsUsed: 23,
    connectionsMax: 100,
    diskFreeBytes: 40 * 1024 ** 3,
    diskTotalBytes: 50 * 1024 ** 3,
    inRecovery: false,
    walLevel: "logical",
    outputPluginLibraries: "pgoutput, test_decoding",
    startedAt: 0,
    uptimeSeconds: 3_600,
    ...over,
  };
}

export function anAnswer(node: ClusterNode, over: Partial<NodeFacts> = {}): FromNode<NodeFacts> {
  return { nodeId: node.id, ok: true, by: "direct", tookMs: 3, value: someFacts(over) };
}

export function noAnswer(node: ClusterNode, detail = "connect ECONNREFUSED 127.0.0.1:55167"): FromNode<NodeFacts> {
  return { nodeId: node.id, ok: false, tookMs: 2, problem: { code: "node_unreachable", detail, traceId: "t" } };
}
