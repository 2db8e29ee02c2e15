import { queryOptions } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { AddCloneInput, PromoteCloneInput } from "@/lib/domain/clone";
import type { ClusterId } from "@/lib/domain/cluster";
import type { NodeId } from "@/lib/domain/node";
import type { OneNodeInput } from "@/lib/domain/node-change";
import * as actions from "@/server/actions/clones";
import type { ChangeActions } from "./changes";
import { liveKeys } from "./live";

const add: ChangeActions<AddCloneInput> = {
  name: "clone.add",
  preview: actions.previewAddClone,
  start: actions.addClone,
};
const promote: ChangeActions<PromoteCloneInput> = {
  name: "clone.promote",
  preview: actions.previewPromoteClone,
  start: actions.promoteClone,
};
const remove: ChangeActions<OneNodeInput> = {
  name: "clone.remove",
  preview: actions.previewRemoveClone,
  start: actions.removeClone,
};

/** The changes of clones as the dialog takes them. */
export const cloneChanges = { add, promote, remove };

/** What Citus would give to a clone. Asked once per dialog: it measures every shard of the worker. */
export function clonePlanQuery(clusterId: ClusterId, nodeId: NodeId) {
  return queryOptions({
    queryKey: [...liveKeys.cluster(clusterId), "clone-plan", nodeId] as const,
    queryFn: () => unwrap(actions.askClonePlan({ clusterId, nodeId })),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
}
