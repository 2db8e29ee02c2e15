"use server";
import { oneNodeInput } from "@/lib/domain/node-change";
import { addClone as add } from "@/server/nodes/changes/add-clone";
import { promoteClone as promote } from "@/server/nodes/changes/promote-clone";
import { removeClone as remove } from "@/server/nodes/changes/remove-clone";
import { readClonePlan } from "@/server/nodes/clone-reads";
import { askAction, changeAction, previewAction } from "./wrap";

/** Where Citus would put each shard of a worker once its clone is promoted. */
export const askClonePlan = askAction({ input: oneNodeInput, run: readClonePlan, redact: null });

export const previewAddClone = previewAction(add);
export const addClone = changeAction(add);

export const previewPromoteClone = previewAction(promote);
export const promoteClone = changeAction(promote);

export const previewRemoveClone = previewAction(remove);
export const removeClone = changeAction(remove);
