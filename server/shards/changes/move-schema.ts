import "server-only";
import { moveSchemaInput } from "@/lib/domain/shard-change";
import { AppError } from "@/lib/errors";
import { call, change } from "@/server/changes/define";
import * as statements from "@/server/sql/shard-changes";
import { placeOf, readLayoutNow, tablesOf } from "./now";
import { arrivedEffect, movedBefore, prepareMove } from "./one-move";

/** Moves a distributed schema to another node: all its tables lie in one shard group. */
export const moveSchema = change({
  name: "schema.move",
  permission: "shard:move",
  input: moveSchemaInput,
  doing: (subject) => `moving ${subject}`,
  before: movedBefore,
  prepare: async (target, { colocationId, targetNodeId, mode }) => {
    const now = await readLayoutNow(target);
    const group = now.groups.find((one) => one.kind === "schema" && one.colocationId === colocationId);
    const source = now.nodes.find((node) => node.role === "primary" && group?.groupIds.includes(node.groupId));
    const schema = group && tablesOf(now, group)[0]?.schema;
    if (!group || !source || schema === undefined)
      throw new AppError("not_found", "There is no such distributed schema any more, or it has no table.");
    const goal = placeOf(now, targetNodeId);
    const send = call(statements.moveSchema, { schema, target: goal, mode });
    return prepareMove(target, now, { what: `schema ${schema}`, group, source, goal, mode, send });
  },
  effect: (target, { before }) => arrivedEffect(target, before),
});
