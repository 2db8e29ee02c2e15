import "server-only";
import type { ClusterNode, NodeId } from "@/lib/domain/node";
import type { TransferMode } from "@/lib/domain/node-change";
import type { ShardCheck, ShardRoom } from "@/lib/domain/shard-check";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { groupBytes } from "@/lib/domain/shard-rules";
import type { Target } from "@/server/clusters";
import { askNodes } from "@/server/pg/ask-nodes";
import { run } from "@/server/pg/run";
import { SILENCE } from "@/server/rebalance/check";
import * as statements from "@/server/sql/shard-checks";
import { type LayoutNow, tablesOf } from "./now";

type Wanted = {
  deed: string;
  mode: TransferMode;
  group: ShardGroup;
  source: ClusterNode;
  targets: readonly ClusterNode[];
  /** What a target gets of the group, 0 to 1. */
  share: (target: ClusterNode) => number;
  needsDecoder: boolean;
};

/** What was looked at, with what only the steps need: how large the group is, and what is to be copied first. */
export type Looked = {
  check: ShardCheck;
  bytes: number | null;
  /** Reference tables that some target has no copy of, and whether the login may copy them. */
  references: { missing: number; mayCopy: boolean };
};

/** Reads everything that is looked at before shards are moved, copied or split by hand. */
export async function readShardCheck(target: Target, now: LayoutNow, wanted: Wanted): Promise<Looked> {
  const { group, source, targets } = wanted;
  const primaries = now.nodes.filter((node) => node.role === "primary" && node.isActive);
  const [answers, [facts]] = await Promise.all([
    askNodes(target, primaries, statements.shardRoom(group.shardIds)),
    run(target, statements.shardFacts, {
      tableOids: [...new Set(group.tableOids)],
      shardIds: group.shardIds,
      groupIds: targets.map((node) => node.groupId),
    }),
  ]);
  const rooms = new Map<NodeId, ShardRoom>();
  for (const answer of answers) if (answer.ok) rooms.set(answer.nodeId, answer.value);
  const failed = answers.filter((answer) => !answer.ok);
  const bytes = groupBytes(rooms.get(source.id), group.shardIds.length);
  return {
    bytes,
    references: { missing: facts?.missing_references ?? 0, mayCopy: facts?.may_copy_references ?? false },
    check: {
      deed: wanted.deed,
      mode: wanted.mode,
      tables: tablesOf(now, group),
      source,
      targets,
      gains: new Map(targets.map((node) => [node.id, bytes === null ? null : bytes * wanted.share(node)])),
      names: now.names,
      openJobId: now.openJobId,
      asked: answers.length,
      silent: failed.filter(({ problem }) => SILENCE.includes(problem.code)).map(({ nodeId }) => nodeId),
      unread: failed
        .filter(({ problem }) => !SILENCE.includes(problem.code))
        .map(({ nodeId, problem }) => ({ nodeId, because: problem.detail })),
      rooms,
      login: target.logins.ops.user,
      notOwned: facts?.not_owned ?? [],
      diskPercent: facts?.disk_percent ?? null,
      records: facts?.records ?? [],
      needsDecoder: wanted.needsDecoder,
    },
  };
}
