import { type ClusterNode, nodeIdSchema } from "./node";
import { AS_IT_IS, type Scenario } from "./what-if";

/** The one thing that is different about the cluster, as a choice: "2 more nodes". */
export type ScenarioChoice = { name: string; label: string; scenario: Omit<Scenario, "byHand"> };

export function scenarioChoices(workers: readonly ClusterNode[], names: ReadonlyMap<number, string>): ScenarioChoice[] {
  const { byHand: _, ...asItIs } = AS_IT_IS;
  const named = (node: ClusterNode) => names.get(node.id) ?? `node ${node.id}`;
  return [
    { name: "as-it-is", label: "as it is", scenario: asItIs },
    ...[1, 2, 4].map((count) => ({
      name: `more-${count}`,
      label: `with ${count} more node${count === 1 ? "" : "s"}`,
      scenario: { ...asItIs, addedNodes: count },
    })),
    ...workers.map((node) => ({
      name: `without-${node.id}`,
      label: `without ${named(node)}`,
      scenario: { ...asItIs, without: node.id },
    })),
    ...workers.map((node) => ({
      name: `double-${node.id}`,
      label: `with ${named(node)} of double capacity`,
      scenario: { ...asItIs, doubled: node.id },
    })),
    { name: "split", label: "with twice as many shards", scenario: { ...asItIs, isSplit: true } },
  ];
}

/** "102008.2.3,102010.2.4": what was put elsewhere, as the address says it. What cannot be read is passed over. */
export function handMovesIn(text: string | null): Scenario["byHand"] {
  return (text ?? "").split(",").flatMap((part) => {
    const [shardId, from, to] = part.split(".").map(Number);
    const [source, target] = [nodeIdSchema.safeParse(from), nodeIdSchema.safeParse(to)];
    return shardId && Number.isSafeInteger(shardId) && source.success && target.success
      ? [{ shardId, from: source.data, to: target.data }]
      : [];
  });
}

export function handMovesText(moves: Scenario["byHand"]): string | null {
  return moves.length === 0 ? null : moves.map(({ shardId, from, to }) => `${shardId}.${from}.${to}`).join(",");
}

/** Puts a group elsewhere; back where it was, it is no move any more. */
export function withHandMove(
  moves: Scenario["byHand"],
  { shardId, from, to }: Scenario["byHand"][number],
): Scenario["byHand"] {
  const others = moves.filter((move) => move.shardId !== shardId || move.from !== from);
  return from === to ? others : [...others, { shardId, from, to }];
}
