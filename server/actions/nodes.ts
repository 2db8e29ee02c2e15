"use server";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { refreshTopics } from "@/server/live/collector";
import { activateNode as activate } from "@/server/nodes/changes/activate-node";
import { addNode as add } from "@/server/nodes/changes/add-node";
import { addSecondary as addOneSecondary } from "@/server/nodes/changes/add-secondary";
import { disableNode as disable } from "@/server/nodes/changes/disable-node";
import { drainNode as drain } from "@/server/nodes/changes/drain-node";
import { closeNode as close, openNode as open } from "@/server/nodes/changes/may-hold-shards";
import { removeNode as remove } from "@/server/nodes/changes/remove-node";
import { setCoordinatorHost as setHost } from "@/server/nodes/changes/set-coordinator-host";
import { askAction, changeAction, previewAction } from "./wrap";

/** Reads pg_dist_node and asks every node, now. What comes of it is everybody's snapshot. */
export const readNodesNow = askAction({
  input: z.object({ clusterId: clusterIdSchema }),
  run: async (target) => {
    await refreshTopics(target, ["nodes", "node-facts"]);
    return { readAt: Date.now() };
  },
  redact: null,
});

export const previewAddNode = previewAction(add);
export const addNode = changeAction(add);

export const previewAddSecondary = previewAction(addOneSecondary);
export const addSecondary = changeAction(addOneSecondary);

export const previewSetCoordinatorHost = previewAction(setHost);
export const setCoordinatorHost = changeAction(setHost);

export const previewActivateNode = previewAction(activate);
export const activateNode = changeAction(activate);

export const previewDisableNode = previewAction(disable);
export const disableNode = changeAction(disable);

export const previewRemoveNode = previewAction(remove);
export const removeNode = changeAction(remove);

export const previewOpenNode = previewAction(open);
export const openNode = changeAction(open);

export const previewCloseNode = previewAction(close);
export const closeNode = changeAction(close);

export const previewDrainNode = previewAction(drain);
export const drainNode = changeAction(drain);
