import "server-only";
import { z } from "zod";
import { type ClonePlan, mayPromoteClone, primaryOfClone, promoteCloneInput } from "@/lib/domain/clone";
import { cloneStreamNotes } from "@/lib/domain/clone-notes";
import { bySeverity, warn } from "@/lib/domain/distribute-note";
import { holdingsOf } from "@/lib/domain/holdings";
import { addressOf, type ClusterNode } from "@/lib/domain/node";
import { countOf } from "@/lib/format/count";
import { call, change, type Effect } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import * as statements from "@/server/sql/clones";
import { planOf, readReceivers } from "../clone-reads";
import { nodeOf, readNodesNow } from "../now";
import { rightNote } from "../rights";
import { silenceNotes, silentPrimaries } from "../silence";
import { ALL_NODES, NODE_TOPICS, SHARDS_MOVE } from "./one-node";

/** Makes a clone a worker of its own and shares the shards of the worker that it copied between the two. */
export const promoteClone = change({
  name: "clone.promote",
  permission: "clone:promote",
  input: promoteCloneInput,
  doing: (subject) => `promoting the clone ${subject}`,
  before: z.object({ nodeId: z.int(), address: z.string() }),
  prepare: async (target, { nodeId, catchUpSeconds }) => {
    const now = await readNodesNow(target);
    const clone = nodeOf(now.nodes, nodeId);
    const verdict = mayPromoteClone(clone, now);
    const primary = primaryOfClone(clone, now.nodes);
    const address = addressOf(clone);
    const look = verdict.allowed && primary ? await lookAt(target, clone, primary, now.nodes) : null;
    return {
      subject: address,
      typed: address,
      steps: [
        {
          title: titleOf(address, primary, look?.plan ?? null),
          takes: `seconds, and at most ${catchUpSeconds} s until it has caught up`,
          calls: [call(statements.promoteClone, { nodeId, catchUpSeconds })],
        },
      ],
      notes: verdict.allowed ? (look?.notes ?? []) : [{ tone: "bad", text: verdict.because }],
      dependsOn: look?.plan ? basisOf(address, look.plan) : [],
      claims: [
        SHARDS_MOVE,
        ALL_NODES,
        { object: `node:${nodeId}`, mode: "exclusive" },
        { object: `node:${primary?.id ?? nodeId}`, mode: "exclusive" },
      ],
      before: { nodeId, address },
      refresh: [...NODE_TOPICS, "replication"],
    };
  },
  effect: (target, { before }) => promotedEffect(target, before),
});

async function lookAt(target: Target, clone: ClusterNode, primary: ClusterNode, nodes: readonly ClusterNode[]) {
  const right = await rightNote(target, "citus_promote_clone_and_rebalance", { superuser: true });
  if (right.tone === "bad") return { plan: null, notes: [right] };
  const [plan, receivers, silent] = await Promise.all([
    planOf(target, clone, primary),
    readReceivers(target, primary),
    silentPrimaries(target, nodes),
  ]);
  const worker = addressOf(primary);
  const waits = warn(
    `Writes to the shards of ${worker} wait until it is done.`,
    "Citus blocks them before the standby catches up, and gives up after the time below. Reads go on.",
  );
  const notes = [right, ...cloneStreamNotes(worker, receivers), ...silenceNotes(silent), waits];
  return { plan, notes: bySeverity(notes) };
}

function titleOf(address: string, primary: ClusterNode | undefined, plan: ClonePlan | null): string {
  if (!primary || !plan) return `Promote ${address}`;
  const going = plan.shards.filter((shard) => shard.goesToClone).length;
  return `Promote ${address}, and give it ${going} of ${countOf(plan.shards.length, "shard")} of ${addressOf(primary)}`;
}

/** Not the shards one by one: which go is Citus' own choice, made again when it starts. */
function basisOf(address: string, { shards }: ClonePlan): string[] {
  return [`${countOf(shards.filter((shard) => shard.goesToClone).length, "shard")} to ${address}`];
}

async function promotedEffect(
  target: Target,
  { nodeId, address }: { nodeId: number; address: string },
): Promise<Effect> {
  const { nodes, holdings } = await readNodesNow(target);
  const node = nodes.find((candidate) => candidate.id === nodeId);
  const isWorker = node !== undefined && !node.isClone && node.role === "primary" && node.isActive;
  const groups = holdings && node ? holdingsOf(holdings, node.groupId).movableGroups : 0;
  if (isWorker && groups > 0)
    return { seen: true, sentence: `${address} is an active worker with ${countOf(groups, "shard group")}.` };
  return {
    seen: false,
    sentence: isWorker
      ? `${address} is a worker, but holds no shard group.`
      : `${address} is not a worker: pg_dist_node ${node?.isClone ? "still has it as a clone" : "does not have it as one"}.`,
  };
}
