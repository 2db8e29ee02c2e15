import "server-only";
import type { NodeId } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import type { RebalanceOptions, RebalancePlan } from "@/lib/domain/rebalance";
import type { NodeRoom, RebalanceCheck } from "@/lib/domain/rebalance-check";
import type { ErrorCode } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { readHealth } from "@/server/health/reads";
import { listJobs } from "@/server/jobs/reads";
import { listPrimaries } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { run } from "@/server/pg/run";
import * as jobStatements from "@/server/sql/jobs";
import * as statements from "@/server/sql/rebalance";
import { listTransferModes } from "./choices";

/** Ways in which a node itself is silent; anything else is an answer that says no. */
export const SILENCE: readonly ErrorCode[] = [
  "node_unreachable",
  "cluster_unreachable",
  "cluster_silent",
  "query_timeout",
];

/** Reads everything that is looked at before a rebalance starts. */
export async function readCheck(
  target: Target,
  options: RebalanceOptions,
  plan: RebalancePlan,
): Promise<RebalanceCheck> {
  const nodes = await listPrimaries(target);
  const [answers, jobs, modes, health, facts, pulse] = await Promise.all([
    askNodes(target, nodes, statements.nodeRoom),
    listJobs(target),
    listTransferModes(target),
    readHealth(target),
    run(target, statements.coordinatorFacts, undefined),
    run(target, jobStatements.readPulse, undefined),
  ]);
  const rooms = new Map<NodeId, NodeRoom>();
  for (const answer of answers) if (answer.ok) rooms.set(answer.nodeId, answer.value);
  return {
    options,
    plan,
    names: shortNames(nodes),
    jobs,
    clock: facts[0]?.clock ?? Date.now(),
    asked: nodes.length,
    silent: answers.flatMap((answer) => (!answer.ok && SILENCE.includes(answer.problem.code) ? [answer.nodeId] : [])),
    rooms,
    modes,
    hasParallelFlags: health.capabilities.parallelRebalance,
    executors: pulse[0]?.executors ?? null,
    executorsPerNode: pulse[0]?.executors_per_node ?? null,
    login: target.logins.ops.user,
    notOwned: facts[0]?.not_owned ?? [],
    diskPercent: facts[0]?.disk_percent ?? null,
  };
}
