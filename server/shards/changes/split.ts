import "server-only";
import { z } from "zod";
import { allOf, refused, type Verdict } from "@/lib/domain/cluster";
import { mayHold } from "@/lib/domain/move-targets";
import type { ClusterNode } from "@/lib/domain/node";
import { listOf } from "@/lib/domain/node-names";
import { splitShardInput } from "@/lib/domain/shard-change";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { shardNotes } from "@/lib/domain/shard-preflight";
import { amountWords } from "@/lib/domain/shard-rules";
import { checkPoints, maySplit, splitRanges } from "@/lib/domain/split-ranges";
import { countOf } from "@/lib/format/count";
import { call, change, type Effect } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import * as statements from "@/server/sql/shard-changes";
import { readShardCheck } from "./check";
import { groupOfShard, type LayoutNow, nameOfNode, placeOf, readLayoutNow } from "./now";
import { LAYOUT_TOPICS, moveClaims } from "./one-move";
import { referenceSteps } from "./references";

const partSchema = z.object({ min: z.number(), max: z.number(), groupId: z.int() });
const beforeSchema = z.object({ shardId: z.number(), colocationId: z.int(), parts: z.array(partSchema) });

/** Cuts a shard group into parts, each a group of its own on a node of choice. */
export const splitShard = change({
  name: "shard.split",
  permission: "shard:split",
  input: splitShardInput,
  doing: (subject) => `splitting ${subject}`,
  before: beforeSchema,
  prepare: async (target, { shardId, points, nodeIds, mode }) => {
    const now = await readLayoutNow(target);
    const group = groupOfShard(now, shardId);
    const nodes = nodeIds.map((nodeId) => placeOf(now, nodeId));
    const { min, max } = { min: group.min ?? 0, max: group.max ?? 0 };
    const ranges = splitRanges(min, max, points);
    const source = now.nodes.find((node) => node.role === "primary" && group.groupIds.includes(node.groupId));
    const verdict = allOf(maySplit(group), checkPoints(min, max, points), everyPart(now, group, nodes, ranges.length));
    const targets = [...new Set(nodes)];
    const share = (node: ClusterNode) =>
      ranges.reduce((sum, range, at) => sum + (nodes[at] === node ? range.share : 0), 0);
    const looked =
      verdict.allowed && source
        ? await readShardCheck(target, now, { deed: "split", mode, group, source, targets, share, needsDecoder: true })
        : null;
    const references = looked && referenceSteps(looked);
    const places = targets.map((node) => nameOfNode(now, node));
    const title = `Split ${amountWords(group.shardIds.length, looked?.bytes ?? null)} into ${countOf(ranges.length, "part")}, on ${listOf(places)}`;
    const params = { shardId: group.id, points, nodeIds, mode };
    return {
      subject: `shard group ${group.id}`,
      typed: String(group.id),
      steps: [...(references?.steps ?? []), { title, calls: [call(statements.splitShard, params)] }],
      notes:
        verdict.allowed && looked
          ? [...(references?.notes ?? []), ...shardNotes(looked.check), NO_WAY_BACK]
          : [{ tone: "bad", text: verdict.allowed ? NO_SOURCE : verdict.because }],
      dependsOn: [`shards ${group.shardIds.join(", ")} of ${min} to ${max}`],
      claims: moveClaims(source ? [source, ...targets] : targets),
      before: {
        shardId: group.id,
        colocationId: group.colocationId,
        parts: ranges.map((range, at) => ({ min: range.min, max: range.max, groupId: nodes[at]?.groupId ?? -1 })),
      },
      refresh: LAYOUT_TOPICS,
    };
  },
  effect: (target, { before }) => partsThere(target, before),
});

const NO_SOURCE = "The node that holds it is not in the cluster any more.";
const NO_WAY_BACK = {
  tone: "info" as const,
  text: "Citus cannot put the parts together again.",
  detail: "Each is a shard group of its own from then on, with new shard ids.",
};

/** A part may stay where the group is, closed for shards or not. */
function everyPart(now: LayoutNow, group: ShardGroup, nodes: readonly ClusterNode[], parts: number): Verdict {
  if (nodes.length !== parts)
    return refused(`${countOf(parts, "part")} need as many nodes, and ${nodes.length} are chosen.`);
  const verdicts = nodes.map((node): Verdict => {
    if (node.role === "primary" && group.groupIds.includes(node.groupId)) return { allowed: true };
    const verdict = mayHold(node);
    return verdict.allowed ? verdict : refused(`${nameOfNode(now, node)}: ${verdict.because}`);
  });
  return allOf(...verdicts);
}

async function partsThere(
  target: Target,
  { shardId, colocationId, parts }: z.infer<typeof beforeSchema>,
): Promise<Effect> {
  const { groups } = await readLayoutNow(target);
  const siblings = groups.filter((group) => group.kind === "distributed" && group.colocationId === colocationId);
  const there = parts.filter((part) =>
    siblings.some((group) => group.min === part.min && group.max === part.max && group.groupIds.includes(part.groupId)),
  );
  const isWhole = there.length === parts.length;
  return {
    seen: isWhole,
    sentence: isWhole
      ? `pg_dist_shard has the ${parts.length} parts, each on its node, in the place of shard group ${shardId}.`
      : `Of ${parts.length} parts ${there.length} are there.`,
  };
}
