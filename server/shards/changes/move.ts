import "server-only";
import { moveShardInput } from "@/lib/domain/shard-change";
import { call, change } from "@/server/changes/define";
import * as statements from "@/server/sql/shard-changes";
import { groupOfShard, placeOf, readLayoutNow } from "./now";
import { arrivedEffect, movedBefore, prepareMove } from "./one-move";

/** Moves one shard group from a node to another. Returns when it is there; what it left is dropped later by Citus. */
export const moveShard = change({
  name: "shard.move",
  permission: "shard:move",
  input: moveShardInput,
  doing: (subject) => `moving ${subject}`,
  before: movedBefore,
  prepare: async (target, { shardId, sourceNodeId, targetNodeId, mode }) => {
    const now = await readLayoutNow(target);
    const group = groupOfShard(now, shardId);
    const [source, goal] = [placeOf(now, sourceNodeId), placeOf(now, targetNodeId)];
    const send = call(statements.moveShard, { shardId: group.id, source, target: goal, mode });
    return prepareMove(target, now, { what: `shard group ${group.id}`, group, source, goal, mode, send });
  },
  effect: (target, { before }) => arrivedEffect(target, before),
});
