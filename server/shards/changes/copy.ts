import "server-only";
import { allOf } from "@/lib/domain/cluster";
import { bySeverity } from "@/lib/domain/distribute-note";
import { mayCopyGroup, mayCopyTo } from "@/lib/domain/move-targets";
import { moveShardInput } from "@/lib/domain/shard-change";
import { shardNotes } from "@/lib/domain/shard-preflight";
import { amountWords } from "@/lib/domain/shard-rules";
import { call, change } from "@/server/changes/define";
import { rightNote } from "@/server/nodes/rights";
import * as statements from "@/server/sql/shard-changes";
import { readShardCheck } from "./check";
import { findGroup, groupOfShard, nameOfNode, placeOf, readLayoutNow } from "./now";
import { LAYOUT_TOPICS, moveClaims, movedBefore } from "./one-move";
import { referenceSteps } from "./references";

/**
 * Makes one more placement of a shard group. The one it is copied from stays. With the admin login: Citus writes the new placement
 * into its catalog as whoever calls, which no owner of the tables may.
 */
export const copyShard = change({
  name: "shard.copy",
  permission: "shard:move",
  input: moveShardInput,
  doing: (subject) => `copying ${subject}`,
  before: movedBefore,
  prepare: async (target, { shardId, sourceNodeId, targetNodeId, mode }) => {
    const now = await readLayoutNow(target);
    const group = groupOfShard(now, shardId);
    const [source, goal] = [placeOf(now, sourceNodeId), placeOf(now, targetNodeId)];
    const [from, to] = [nameOfNode(now, source), nameOfNode(now, goal)];
    const verdict = allOf(mayCopyGroup(group, now.topology.colocationGroups), mayCopyTo(group, goal));
    const share = () => 1;
    const what = { deed: "copy", mode, group, source, targets: [goal], share, needsDecoder: false };
    const [looked, right] = await Promise.all([
      readShardCheck(target, now, what),
      rightNote(target, "citus_copy_shard_placement", { superuser: true }),
    ]);
    const references = group.kind === "reference" ? null : referenceSteps(looked);
    return {
      subject: `shard group ${group.id} to ${to}`,
      login: "admin",
      steps: [
        ...(references?.steps ?? []),
        {
          title: `Copy ${amountWords(group.shardIds.length, looked.bytes)}, from ${from} to ${to}`,
          calls: [call(statements.copyShard, { shardId: group.id, source, target: goal, mode })],
        },
      ],
      notes: verdict.allowed
        ? bySeverity([right, ...(references?.notes ?? []), ...shardNotes({ ...looked.check, notOwned: [] })])
        : [{ tone: "bad", text: verdict.because }],
      dependsOn: [`shards ${group.shardIds.join(", ")}: ${from} → ${to}`],
      claims: moveClaims([source, goal]),
      before: { shardId: group.id, from: source.groupId, to: goal.groupId, target: to },
      refresh: LAYOUT_TOPICS,
    };
  },
  effect: async (target, { before }) => {
    const group = findGroup(await readLayoutNow(target), before.shardId);
    const seen = group?.groupIds.includes(before.to) ?? false;
    const where = seen ? `has a placement on ${before.target}` : `has no placement on ${before.target}`;
    return { seen, sentence: `Shard group ${before.shardId} ${where}.` };
  },
});
