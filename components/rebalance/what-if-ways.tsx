import { SqlBlock } from "@/components/ui/sql-block";
import type { Scenario } from "@/lib/domain/what-if";
import { moveStatements, strategyStatement } from "@/lib/domain/what-if-statements";
import type { Planned } from "@/lib/queries/what-if";

type Props = { planned: readonly Planned[]; scenario: Scenario; threshold: number | null; mode: string };

/** What Citus' start cannot be told, and the way that it can be done all the same. */
export function WhatIfWays({ planned, scenario, threshold, mode }: Props) {
  const { addedNodes, without, doubled, isSplit, byHand } = scenario;
  const isThought = addedNodes > 0 || without !== null || doubled !== null || isSplit;
  const first = planned.find(({ rules }) => rules.isDefault) ?? planned[0];
  const byHandMoves = byHand.map(({ shardId, from, to }) => ({ shardId, from, to }));
  const moves = byHand.length > 0 ? byHandMoves : (first?.plan?.first ?? []);
  const isMore = byHand.length === 0 && (first?.plan?.moves ?? 0) > moves.length;
  return (
    <details className="text-12 text-text-2">
      <summary className="w-fit cursor-pointer py-1">How this could be done</summary>
      <div className="grid gap-3 pt-1">
        <p className="max-w-prose text-pretty">
          citus_rebalance_start takes a strategy and nothing else: no threshold, no table, no list of moves.{" "}
          {sentenceFor(scenario)}
        </p>
        {threshold !== null && first && (
          <SqlBlock
            title="A strategy of this threshold, which a start can be told"
            sql={strategyStatement(first.rules, threshold)}
          />
        )}
        {!isThought && moves.length > 0 && (
          <SqlBlock
            title={isMore ? `The first ${moves.length} moves, one by one` : "The moves, one by one"}
            sql={moveStatements(moves, mode)}
          />
        )}
      </div>
    </details>
  );
}

function sentenceFor({ addedNodes, without, doubled, isSplit, byHand }: Scenario): string {
  if (addedNodes > 0) return "Add the nodes first, then start a rebalance: Citus plans with the nodes that are there.";
  if (without !== null) return "Drain the node on the screen Nodes: it is closed for shards, and what is on it leaves.";
  if (doubled !== null)
    return "Capacity is what a strategy's function says of a node: write one, and add a strategy with it.";
  if (isSplit) return "Shards are split one by one on the map, or the table is distributed anew with more of them.";
  if (byHand.length > 0) return "What was put elsewhere by hand is moved shard group by shard group.";
  return "What follows is how the plan of the default strategy can be had with other numbers.";
}
