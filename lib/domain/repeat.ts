import type { Run } from "./change";
import { ALLOWED, refused, type Verdict } from "./cluster";
import type { Permission } from "./permission";

/**
 * Changes that may be asked for again with the same input, each with the right it needs. The plan is made anew, so what was done
 * before is seen. Cancelling is not among them: behind the same number there may be another session by now.
 */
const REPEATABLE: Record<string, Permission> = {
  "node.add": "node:add",
  "node.addSecondary": "node:addSecondary",
  "node.setCoordinatorHost": "coordinator:setHost",
  "node.activate": "node:activate",
  "node.disable": "node:disable",
  "node.remove": "node:remove",
  "node.open": "node:setMayHoldShards",
  "node.close": "node:setMayHoldShards",
  "node.drain": "node:drain",
  "clone.add": "clone:promote",
  "clone.promote": "clone:promote",
  "clone.remove": "clone:promote",
  "rebalance.start": "rebalance:start",
  "debris.clean": "debris:clean",
  "shard.move": "shard:move",
  "schema.move": "shard:move",
  "shard.copy": "shard:move",
  "shard.split": "shard:split",
  "tenant.isolate": "tenant:isolate",
  "table.distribute": "table:distribute",
  "table.createReference": "table:distribute",
  "table.undistribute": "table:undistribute",
  "table.truncateLocal": "table:distribute",
};

/** The right that asking again needs; null: this change is not asked for again. */
export function repeatRight(change: string): Permission | null {
  return REPEATABLE[change] ?? null;
}

/** May the same be asked for again? Only after an end that is known: a second one beside the first would be two. */
export function mayRepeat({ state }: Pick<Run, "state">): Verdict {
  if (state === "failed") return ALLOWED;
  if (state === "succeeded") return refused("It succeeded: there is nothing to try again.");
  if (state === "unknown")
    return refused("How it ended is not known. Look at the cluster first; the same twice may be one too many.");
  return refused("It is still under way.");
}
