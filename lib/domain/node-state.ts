import type { FromNode } from "./from-node";
import { type ClusterNode, isCoordinator } from "./node";
import type { NodeFacts } from "./node-facts";

/** One word about a node, how much it matters, and the sentence behind it. */
export type StateWord = { tone: "ok" | "info" | "warn" | "bad"; word: string; because: string | null };

/** "coordinator", "worker", "secondary", "clone", as people speak of it; the role `unavailable` without a clone keeps Citus' word. */
export function roleWord(node: ClusterNode): string {
  if (node.isClone) return "clone";
  if (node.role !== "primary") return node.role;
  return isCoordinator(node) ? "coordinator" : "worker";
}

/**
 * What is to be said of a node, the worst first: what the catalog says of it, and what it says itself or why it does not.
 * `answer` undefined: it was not asked yet, and nothing is claimed about that.
 */
export function nodeStates(node: ClusterNode, answer: FromNode<NodeFacts> | undefined): StateWord[] {
  const words = [...silence(answer), ...catalogWords(node), ...recoveryWords(node, answer)];
  return words.length > 0 ? words : [{ tone: "ok", word: "active", because: null }];
}

/** Why there is no answer, in two or three words; the driver's own words where none are known. */
export function silenceWords(detail: string): string {
  if (/ECONNREFUSED|Connection refused/i.test(detail)) return "refuses connections";
  if (/ENOTFOUND|translate host name/i.test(detail)) return "host unknown";
  if (/No answer|no session|timeout|timed out/i.test(detail)) return "silent";
  return detail;
}

function silence(answer: FromNode<NodeFacts> | undefined): StateWord[] {
  if (!answer || answer.ok) return [];
  const { code, detail } = answer.problem;
  if (code === "node_unsteady") return [{ tone: "bad", word: "unsteady", because: detail }];
  return code === "node_unreachable"
    ? [{ tone: "bad", word: "unreachable", because: detail }]
    : [{ tone: "warn", word: "answers with an error", because: detail }];
}

function catalogWords(node: ClusterNode): StateWord[] {
  if (node.isClone) {
    return [
      {
        tone: "info",
        word: "clone",
        because: "It copies its primary and waits to be promoted; it serves nothing yet.",
      },
    ];
  }
  if (!node.isActive) {
    return [{ tone: "warn", word: "inactive", because: "It gets no queries and no metadata until it is activated." }];
  }
  if (node.role === "primary" && node.hasMetadata && !node.metadataSynced) {
    return [
      {
        tone: "warn",
        word: "metadata not synced",
        because: "Citus repeats the sync every few seconds; until then it may not see the newest tables and nodes.",
      },
    ];
  }
  return [];
}

/** The catalog says primary and the server says standby, or the other way round: somebody failed over and did not tell Citus. */
function recoveryWords(node: ClusterNode, answer: FromNode<NodeFacts> | undefined): StateWord[] {
  if (!answer?.ok || node.isClone) return [];
  const { inRecovery } = answer.value;
  if (node.role === "primary" && inRecovery) {
    return [
      { tone: "bad", word: "in recovery", because: "Registered as primary, but it is a standby and takes no writes." },
    ];
  }
  if (node.role === "secondary" && !inRecovery) {
    return [
      { tone: "bad", word: "not a standby", because: "Registered as secondary, but it takes writes of its own." },
    ];
  }
  return [];
}
