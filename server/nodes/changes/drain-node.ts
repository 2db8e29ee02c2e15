import "server-only";
import { z } from "zod";
import { drainNotes } from "@/lib/domain/drain-notes";
import { holdingsByGroup, holdingsOf } from "@/lib/domain/holdings";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { drainNodeInput } from "@/lib/domain/node-change";
import { alsoDrained, mayDrain } from "@/lib/domain/node-rules";
import { countOf } from "@/lib/format/count";
import { type CallResult, call, change, type Effect, type PreparedStep, type Ran } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { refreshTopics } from "@/server/live/collector";
import * as statements from "@/server/sql/nodes-write";
import { readTopology } from "@/server/topology/reads";
import { readNodeFacts } from "../facts";
import { endOfJob } from "../job-end";
import { nodeOf, readNodesNow } from "../now";
import { rightNote } from "../rights";
import { silenceNotes, silentAmong } from "../silence";
import { NODE_TOPICS, SHARDS_MOVE } from "./one-node";

/** Closes a node for shards and has Citus move, in the background, what lies on closed nodes. */
export const drainNode = change({
  name: "node.drain",
  permission: "node:drain",
  input: drainNodeInput,
  doing: (subject) => `draining ${subject}`,
  before: z.object({ address: z.string(), groupId: z.int() }),
  prepare: async (target, { nodeId, mode }) => {
    const now = await readNodesNow(target);
    const node = nodeOf(now.nodes, nodeId);
    const verdict = mayDrain(node, now);
    const groups = now.holdings ? holdingsOf(now.holdings, node.groupId).movableGroups : 0;
    const look = async () => {
      const [facts, right] = await Promise.all([
        readNodeFacts(target),
        rightNote(target, "citus_set_node_property", { superuser: false }),
      ]);
      const own = facts.answers.find((answer) => answer.nodeId === nodeId);
      return [
        ...drainNotes(node, now, mode, own?.ok ? own.value.walLevel : null),
        right,
        ...silenceNotes(silentAmong(now.nodes, facts)),
      ];
    };
    return {
      subject: addressOf(node),
      steps: stepsFor(node, groups, mode),
      notes: verdict.allowed ? await look() : [{ tone: "bad", text: verdict.because }],
      typed: addressOf(node),
      dependsOn: [
        `${countOf(groups, "shard group")} on ${addressOf(node)}`,
        ...alsoDrained(node, now).map((other) => `${addressOf(other)} is emptied as well`),
      ],
      claims: [{ object: `node:${nodeId}`, mode: "exclusive" }, SHARDS_MOVE],
      before: { address: addressOf(node), groupId: node.groupId },
      newestJob: now.newestJob,
      refresh: [...NODE_TOPICS, "jobs"],
    };
  },
  effect: (target, { before }, ran) => effect(target, before, ran),
});

function stepsFor(node: ClusterNode, groups: number, mode: string): PreparedStep[] {
  const { host, port } = node;
  const closing: PreparedStep = {
    title: `Close ${addressOf(node)} for new shards, on every node`,
    takes: "under 1 s",
    calls: [call(statements.setMayHoldShards, { host, port, mayHoldShards: false })],
  };
  const moving: PreparedStep = {
    title: `Schedule the moves: ${countOf(groups, "shard group")} to the other nodes, one after another in the background`,
    takes: "a few seconds; the moves follow",
    calls: [call(statements.startDrain, { mode }, resultOf)],
  };
  return node.mayHoldShards ? [closing, moving] : [moving];
}

function resultOf(rows: readonly { job_id: number | null }[]): CallResult {
  const jobId = rows[0]?.job_id ?? null;
  return jobId === null ? { message: "Citus started no job: it found nothing to move." } : { jobId };
}

/** Waits for the job, however long it takes, and then counts what is left: the record closes with what really came of it. */
async function effect(
  target: Target,
  { address, groupId }: { address: string; groupId: number },
  { jobId, messages }: Ran,
): Promise<Effect> {
  const job = jobId === null ? null : await endOfJob(target, jobId);
  await refreshTopics(target, [...NODE_TOPICS, "jobs"]);
  const holdings = holdingsByGroup(await readTopology(target), () => null);
  const left = holdingsOf(holdings, groupId).movableGroups;
  if (left === 0) return { seen: true, sentence: `${address} holds no shard that could move. It can be removed.` };
  const ended = job
    ? `Job ${job.jobId} is ${job.state} with ${job.moves.done} of ${job.moves.total} moves done.`
    : messages.join(" ");
  return {
    seen: false,
    sentence: `${ended} ${address} still holds ${countOf(left, "shard group")} and stays closed. Drain it again, or open it for shards.`,
  };
}
