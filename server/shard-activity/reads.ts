import "server-only";
import type { FromNode } from "@/lib/domain/from-node";
import type { NodeId } from "@/lib/domain/node";
import type { NodeActivity, ShardActivity } from "@/lib/domain/shard-activity";
import { activityBetween, type ShardCounters } from "@/lib/domain/shard-counters";
import type { Target } from "@/server/clusters";
import { listPrimaries } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { ownShardCounters } from "@/server/sql/shard-activity";

/** A reading older than this is no beginning: a rate over it would say little about now. */
const OLDEST_MS = 60_000;

type Reading = { atMs: number; counters: ShardCounters };

/** The last reading of each node, by cluster. A node that did not answer keeps its own. */
const readings = new WeakMap<Target, Map<NodeId, Reading>>();

/** How busy every primary's own shards were since the reading before; the first of a node says that it was the first. */
export async function readShardActivity(
  target: Target,
  now: () => number = () => performance.now(),
): Promise<ShardActivity> {
  const known = readings.get(target) ?? new Map<NodeId, Reading>();
  readings.set(target, known);
  const asked = now();
  const answers = await askNodes(target, await listPrimaries(target), ownShardCounters);
  return {
    answers: answers.map((answer): FromNode<NodeActivity> => {
      if (!answer.ok) return answer;
      const reading = { atMs: asked + answer.tookMs, counters: answer.value };
      const before = known.get(answer.nodeId);
      known.set(answer.nodeId, reading);
      return { ...answer, value: since(before, reading) };
    }),
  };
}

function since(before: Reading | undefined, { atMs, counters }: Reading): NodeActivity {
  if (!before || atMs - before.atMs > OLDEST_MS) return { seconds: null, shardIds: [], reads: [], writes: [] };
  return activityBetween(before.counters, counters, (atMs - before.atMs) / 1_000);
}
