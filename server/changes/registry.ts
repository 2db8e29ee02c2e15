import "server-only";
import { cancelSessions, terminateSessions } from "@/server/activity/signal-change";
import { cleanDebris } from "@/server/debris/clean";
import { activateNode } from "@/server/nodes/changes/activate-node";
import { addClone } from "@/server/nodes/changes/add-clone";
import { addNode } from "@/server/nodes/changes/add-node";
import { addSecondary } from "@/server/nodes/changes/add-secondary";
import { disableNode } from "@/server/nodes/changes/disable-node";
import { drainNode } from "@/server/nodes/changes/drain-node";
import { closeNode, openNode } from "@/server/nodes/changes/may-hold-shards";
import { promoteClone } from "@/server/nodes/changes/promote-clone";
import { removeClone } from "@/server/nodes/changes/remove-clone";
import { removeNode } from "@/server/nodes/changes/remove-node";
import { setCoordinatorHost } from "@/server/nodes/changes/set-coordinator-host";
import { rebalancePace } from "@/server/pace/change";
import { rebalancePaceBack } from "@/server/pace/put-back";
import { rebalanceStart } from "@/server/rebalance/start";
import { rebalanceStop } from "@/server/rebalance/stop";
import { copyShard } from "@/server/shards/changes/copy";
import { isolateTenant } from "@/server/shards/changes/isolate";
import { moveShard } from "@/server/shards/changes/move";
import { moveSchema } from "@/server/shards/changes/move-schema";
import { splitShard } from "@/server/shards/changes/split";
import { distributeTable } from "@/server/tables/distribute";
import { createReferenceTable } from "@/server/tables/reference";
import { truncateLocalRows } from "@/server/tables/truncate-local";
import { undistributeTable } from "@/server/tables/undistribute";
import type { AnyChange } from "./define";

/** Every change there is: a run that another process began is looked after by its change's name. */
export const CHANGES: readonly AnyChange[] = [
  cancelSessions,
  terminateSessions,
  addNode,
  addSecondary,
  setCoordinatorHost,
  activateNode,
  disableNode,
  removeNode,
  openNode,
  closeNode,
  drainNode,
  addClone,
  promoteClone,
  removeClone,
  rebalanceStart,
  rebalanceStop,
  rebalancePace,
  rebalancePaceBack,
  distributeTable,
  createReferenceTable,
  undistributeTable,
  truncateLocalRows,
  cleanDebris,
  moveShard,
  moveSchema,
  copyShard,
  splitShard,
  isolateTenant,
];

export function findChange(name: string): AnyChange | undefined {
  return CHANGES.find((one) => one.name === name);
}
