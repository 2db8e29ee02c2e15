import "server-only";
import type { NodeId } from "@/lib/domain/node";
import type { NodeFacts, NodeFactsTopic } from "@/lib/domain/node-facts";
import { damp, type NodeMemory } from "@/lib/domain/steady";
import type { Target } from "@/server/clusters";
import { readNodeFacts } from "./facts";

type Memory = Map<NodeId, NodeMemory<NodeFacts>>;
const holder = globalThis as typeof globalThis & { __shardboardSteadiness?: Map<string, Memory> };

/** What screens show of the nodes: damped, so that a flapping node does not make them flicker. Changes are decided on the answers themselves. */
export async function readSteadyFacts(target: Target): Promise<NodeFactsTopic> {
  const { answers } = await readNodeFacts(target);
  holder.__shardboardSteadiness ??= new Map();
  const known = holder.__shardboardSteadiness.get(target.clusterId) ?? new Map();
  const next = damp(known, answers, performance.now());
  holder.__shardboardSteadiness.set(target.clusterId, next.memory);
  return { answers: next.answers };
}

/** For tests: as if no node had ever been looked at. */
export function forgetSteadiness(): void {
  holder.__shardboardSteadiness?.clear();
}
