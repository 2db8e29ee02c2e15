import type { FromNode } from "./from-node";
import { UNREGISTERED_NODE } from "./global-pid";
import { addressOf, type ClusterNode } from "./node";
import { listOf, shortNames } from "./node-names";

export type Silence = {
  answered: number;
  asked: number;
  /** ":55167 and :55168" */
  names: string;
  /** The first one's reason, in the words of whoever noticed. */
  because: string;
};

/** Which of the nodes that were asked did not answer; null: all did. */
export function silenceOf(answers: readonly FromNode<unknown>[], nodes: readonly ClusterNode[]): Silence | null {
  const silent = answers.flatMap((answer) => (answer.ok ? [] : [answer]));
  const [first] = silent;
  if (!first) return null;
  const nameOf = nodeNamer(nodes);
  return {
    answered: answers.length - silent.length,
    asked: answers.length,
    names: listOf(silent.map(({ nodeId }) => nameOf(nodeId))),
    because: first.problem.detail,
  };
}

/** A node by its shortest name, wherever only its number is known. */
export function nodeNamer(nodes: readonly ClusterNode[]): (nodeId: number) => string {
  const names = shortNames(nodes);
  return (nodeId) => {
    const node = nodes.find((one) => one.id === nodeId);
    if (node) return names.get(node.id) ?? addressOf(node);
    return nodeId === UNREGISTERED_NODE ? "the coordinator" : `node ${nodeId}`;
  };
}
