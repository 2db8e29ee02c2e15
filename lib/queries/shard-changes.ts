import type { IsolateTenantInput, MoveSchemaInput, MoveShardInput, SplitShardInput } from "@/lib/domain/shard-change";
import * as actions from "@/server/actions/shard-changes";
import type { ChangeActions } from "./changes";

const move: ChangeActions<MoveShardInput> = {
  name: "shard.move",
  preview: actions.previewMoveShard,
  start: actions.moveShard,
};
const moveSchema: ChangeActions<MoveSchemaInput> = {
  name: "schema.move",
  preview: actions.previewMoveSchema,
  start: actions.moveSchema,
};
const copy: ChangeActions<MoveShardInput> = {
  name: "shard.copy",
  preview: actions.previewCopyShard,
  start: actions.copyShard,
};
const split: ChangeActions<SplitShardInput> = {
  name: "shard.split",
  preview: actions.previewSplitShard,
  start: actions.splitShard,
};
const isolate: ChangeActions<IsolateTenantInput> = {
  name: "tenant.isolate",
  preview: actions.previewIsolateTenant,
  start: actions.isolateTenant,
};

/** The changes of shards by hand as the dialog takes them. */
export const shardChanges = { move, moveSchema, copy, split, isolate };
