import type { FromNode } from "./from-node";
import { type Holdings, holdingsOf } from "./holdings";
import { type ClusterNode, isCoordinator } from "./node";
import type { NodeFacts, NodeFactsTopic } from "./node-facts";
import { nodeStates, type StateWord } from "./node-state";

/** An amount that may be unknown, with the reason, or known in part. */
export type Amount = { value: number | null; isAtLeast: boolean; unknown: string };

export type NodeRow = {
  node: ClusterNode;
  /** It stands under its primary. */
  isUnderPrimary: boolean;
  states: StateWord[];
  answer: FromNode<NodeFacts> | undefined;
  shards: Amount;
  bytes: Amount;
  /** What of its versions differs from the coordinator's, each as a sentence; empty: nothing, or not known. */
  differences: VersionDifference[];
};
type VersionDifference = { of: "postgres" | "citus"; sentence: string };

/**
 * The nodes as the table draws them: the coordinator first, then by group, each primary followed by its secondaries.
 * `holdings` and `facts` may be missing: then what they would say is unknown, and said to be.
 */
export function nodeRows(
  nodes: readonly ClusterNode[],
  holdings: ReadonlyMap<number, Holdings> | null,
  facts: NodeFactsTopic | null,
): NodeRow[] {
  const answers = new Map(facts?.answers.map((answer) => [answer.nodeId, answer]));
  const withPrimary = new Set(nodes.filter((node) => node.role === "primary").map((node) => node.groupId));
  const coordinator = nodes.find((node) => isCoordinator(node) && node.role === "primary");
  const reference = coordinator && answers.get(coordinator.id);
  return [...nodes].sort(inOrder).map((node) => {
    const answer = answers.get(node.id);
    return {
      node,
      isUnderPrimary: node.role !== "primary" && withPrimary.has(node.groupId),
      states: nodeStates(node, answer),
      answer,
      shards: shardsOf(node, holdings),
      bytes: bytesOf(node, holdings, answer),
      differences: differencesFrom(reference, answer),
    };
  });
}

function inOrder(a: ClusterNode, b: ClusterNode): number {
  const rank = (node: ClusterNode) => (node.role === "primary" ? 0 : 1);
  return a.groupId - b.groupId || rank(a) - rank(b) || a.id - b.id;
}

const AT_PRIMARY = "it holds what its primary holds, which is counted there";
const NOT_READ = "what lies where has not been read yet";

function shardsOf(node: ClusterNode, holdings: ReadonlyMap<number, Holdings> | null): Amount {
  if (node.role !== "primary") return { value: null, isAtLeast: false, unknown: AT_PRIMARY };
  return { value: holdings && holdingsOf(holdings, node.groupId).shards, isAtLeast: false, unknown: NOT_READ };
}

/** A node that told nothing about its shards has an unknown size, unless it holds none. */
function bytesOf(
  node: ClusterNode,
  holdings: ReadonlyMap<number, Holdings> | null,
  answer: FromNode<NodeFacts> | undefined,
): Amount {
  if (node.role !== "primary") return { value: null, isAtLeast: false, unknown: AT_PRIMARY };
  if (!holdings) return { value: null, isAtLeast: false, unknown: NOT_READ };
  const { bytes, isPartial } = holdingsOf(holdings, node.groupId);
  const why = answer && !answer.ok ? answer.problem.detail : "the node has not reported its shard sizes";
  return { value: isPartial && bytes === 0 ? null : bytes, isAtLeast: isPartial, unknown: why };
}

function differencesFrom(
  reference: FromNode<NodeFacts> | undefined,
  answer: FromNode<NodeFacts> | undefined,
): VersionDifference[] {
  if (!reference?.ok || !answer?.ok || reference.nodeId === answer.nodeId) return [];
  const there = reference.value;
  const here = answer.value;
  const differences: VersionDifference[] = [];
  if (here.postgresVersion !== there.postgresVersion) {
    differences.push({
      of: "postgres",
      sentence: `PostgreSQL ${here.postgresVersion} here, ${there.postgresVersion} on the coordinator.`,
    });
  }
  if (here.citusVersion !== there.citusVersion || here.extensionVersion !== there.extensionVersion) {
    differences.push({
      of: "citus",
      sentence: `${here.citusVersion} (${here.extensionVersion}) here, ${there.citusVersion} (${there.extensionVersion}) on the coordinator.`,
    });
  }
  return differences;
}

/** The sum of a column; "at least" as soon as one part is unknown or is "at least" itself. Rows counted elsewhere are left out. */
export function totalOf(rows: readonly NodeRow[], column: (row: NodeRow) => Amount): Amount {
  const amounts = rows.filter((row) => row.node.role === "primary").map(column);
  const known = amounts.flatMap((amount) => amount.value ?? []);
  const isAtLeast = amounts.some((amount) => amount.isAtLeast || amount.value === null);
  return {
    value: known.length === 0 && isAtLeast ? null : known.reduce((sum, value) => sum + value, 0),
    isAtLeast,
    unknown: amounts.find((amount) => amount.value === null)?.unknown ?? NOT_READ,
  };
}
