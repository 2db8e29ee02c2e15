import type { AddressInput, AddSecondaryInput, DrainNodeInput, OneNodeInput } from "@/lib/domain/node-change";
import * as actions from "@/server/actions/nodes";
import type { ChangeActions } from "./changes";

const addNode: ChangeActions<AddressInput> = {
  name: "node.add",
  preview: actions.previewAddNode,
  start: actions.addNode,
};
const addSecondary: ChangeActions<AddSecondaryInput> = {
  name: "node.addSecondary",
  preview: actions.previewAddSecondary,
  start: actions.addSecondary,
};
const setCoordinatorHost: ChangeActions<AddressInput> = {
  name: "node.setCoordinatorHost",
  preview: actions.previewSetCoordinatorHost,
  start: actions.setCoordinatorHost,
};
const activate: ChangeActions<OneNodeInput> = {
  name: "node.activate",
  preview: actions.previewActivateNode,
  start: actions.activateNode,
};
const disable: ChangeActions<OneNodeInput> = {
  name: "node.disable",
  preview: actions.previewDisableNode,
  start: actions.disableNode,
};
const remove: ChangeActions<OneNodeInput> = {
  name: "node.remove",
  preview: actions.previewRemoveNode,
  start: actions.removeNode,
};
const open: ChangeActions<OneNodeInput> = {
  name: "node.open",
  preview: actions.previewOpenNode,
  start: actions.openNode,
};
const close: ChangeActions<OneNodeInput> = {
  name: "node.close",
  preview: actions.previewCloseNode,
  start: actions.closeNode,
};
const drain: ChangeActions<DrainNodeInput> = {
  name: "node.drain",
  preview: actions.previewDrainNode,
  start: actions.drainNode,
};

/** The changes of nodes as the dialog takes them. */
export const nodeChanges = {
  addNode,
  addSecondary,
  setCoordinatorHost,
  activate,
  disable,
  remove,
  open,
  close,
  drain,
};
