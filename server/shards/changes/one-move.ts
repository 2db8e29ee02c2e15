import "server-only";
import { z } from "zod";
import type { Claim } from "@/lib/domain/claim";
import { ALLOWED, allOf, refused, type Verdict } from "@/lib/domain/cluster";
import { mayMoveGroup, mayMoveTo } from "@/lib/domain/move-targets";
import type { ClusterNode } from "@/lib/domain/node";
import type { TransferMode } from "@/lib/domain/node-change";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { shardNotes } from "@/lib/domain/shard-preflight";
import { amountWords } from "@/lib/domain/shard-rules";
import type { Call, Effect, Prepared } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { SHARDS_MOVE } from "@/server/nodes/changes/one-node";
import { readShardCheck } from "./check";
import { findGroup, type LayoutNow, nameOfNode, readLayoutNow } from "./now";
import { referenceSteps } from "./references";

/** What an arrival is told by: the group by one of its shards, and both places. */
export const movedBefore = z.object({ shardId: z.number(), from: z.int(), to: z.int(), target: z.string() });
export type Moved = z.infer<typeof movedBefore>;

/** After it, the layout is another one. */
export const LAYOUT_TOPICS = ["topology", "sizes", "jobs", "nodes"] as const;

/** Shards move: nobody else moves any, and the nodes that take part stay what they are. */
export function moveClaims(nodes: readonly ClusterNode[]): Claim[] {
  const ids = [...new Set(nodes.map((node) => node.id))];
  return [SHARDS_MOVE, ...ids.map((id) => ({ object: `node:${id}`, mode: "shared" as const }))];
}

type Wanted = {
  /** "shard group 102019", "schema tenant_7" */
  what: string;
  group: ShardGroup;
  source: ClusterNode;
  goal: ClusterNode;
  mode: TransferMode;
  send: Call;
};

/** One group from one node to another: the rules, what is looked at, the copying of reference tables where it is wanted, and the move. */
export async function prepareMove(target: Target, now: LayoutNow, wanted: Wanted): Promise<Prepared<Moved>> {
  const { what, group, source, goal, mode, send } = wanted;
  const [from, to] = [nameOfNode(now, source), nameOfNode(now, goal)];
  const verdict = allOf(mayMoveGroup(group), isAt(group, source, from), mayMoveTo(group, goal));
  const share = () => 1;
  const looked = await readShardCheck(target, now, {
    deed: "move",
    mode,
    group,
    source,
    targets: [goal],
    share,
    needsDecoder: false,
  });
  const references = referenceSteps(looked);
  return {
    subject: `${what} from ${from} to ${to}`,
    steps: [
      ...references.steps,
      { title: `Move ${amountWords(group.shardIds.length, looked.bytes)}, from ${from} to ${to}`, calls: [send] },
    ],
    notes: verdict.allowed
      ? [...references.notes, ...shardNotes(looked.check)]
      : [{ tone: "bad", text: verdict.because }],
    dependsOn: [`shards ${group.shardIds.join(", ")}: ${from} → ${to}`],
    claims: moveClaims([source, goal]),
    before: { shardId: group.id, from: source.groupId, to: goal.groupId, target: to },
    refresh: LAYOUT_TOPICS,
  };
}

function isAt(group: ShardGroup, source: ClusterNode, name: string): Verdict {
  return group.groupIds.includes(source.groupId)
    ? ALLOWED
    : refused(`It is not on ${name} any more. Look at the map again.`);
}

/** Looks where the group is now. A console that takes over from another asks the same. */
export async function arrivedEffect(target: Target, { shardId, from, to, target: name }: Moved): Promise<Effect> {
  const group = findGroup(await readLayoutNow(target), shardId);
  if (!group) return { seen: false, sentence: `There is no shard ${shardId} any more.` };
  const isThere = group.groupIds.includes(to);
  const hasLeft = !group.groupIds.includes(from);
  if (isThere && hasLeft)
    return { seen: true, sentence: `pg_dist_placement has shard group ${group.id} on ${name}, and not where it was.` };
  const where = isThere ? `on ${name} and still where it was` : `where it was, and not on ${name}`;
  return { seen: false, sentence: `Shard group ${group.id} is ${where}.` };
}
