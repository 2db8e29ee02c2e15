"use server";
import { copyShard as copyShardChange } from "@/server/shards/changes/copy";
import { isolateTenant as isolateTenantChange } from "@/server/shards/changes/isolate";
import { moveShard as moveShardChange } from "@/server/shards/changes/move";
import { moveSchema as moveSchemaChange } from "@/server/shards/changes/move-schema";
import { splitShard as splitShardChange } from "@/server/shards/changes/split";
import { changeAction, previewAction } from "./wrap";

export const previewMoveShard = previewAction(moveShardChange);
export const moveShard = changeAction(moveShardChange);

export const previewMoveSchema = previewAction(moveSchemaChange);
export const moveSchema = changeAction(moveSchemaChange);

export const previewCopyShard = previewAction(copyShardChange);
export const copyShard = changeAction(copyShardChange);

export const previewSplitShard = previewAction(splitShardChange);
export const splitShard = changeAction(splitShardChange);

export const previewIsolateTenant = previewAction(isolateTenantChange);
export const isolateTenant = changeAction(isolateTenantChange);
