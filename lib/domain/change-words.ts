/** What the changes are called where somebody reads what was done; the buttons say the same. */
const WORDS: Record<string, string> = {
  "node.add": "Add node",
  "node.addSecondary": "Add secondary",
  "node.setCoordinatorHost": "Set the coordinator's host",
  "node.open": "Open for shards",
  "node.close": "Close for new shards",
  "node.disable": "Disable",
  "node.activate": "Activate",
  "node.drain": "Drain",
  "node.remove": "Remove",
  "clone.add": "Add clone",
  "clone.promote": "Promote and rebalance",
  "clone.remove": "Remove clone",
  "activity.cancel": "Cancel query of",
  "activity.terminate": "Terminate session",
  "rebalance.start": "Rebalance",
  "rebalance.stop": "Stop",
  "rebalance.pace": "Change the pace of",
  "rebalance.paceBack": "Put back the pace after",
  "debris.clean": "Clean up",
  "shard.move": "Move",
  "schema.move": "Move",
  "shard.copy": "Copy",
  "shard.split": "Split",
  "tenant.isolate": "Isolate",
  "table.distribute": "Distribute",
  "table.createReference": "Make reference table",
  "table.truncateLocal": "Remove local rows of",
  "table.undistribute": "Undistribute",
};

/** "Drain", to be followed by the object's name. A change without words is told by its own name. */
export function changeWords(change: string): string {
  return WORDS[change] ?? change;
}

/** Every change that has words, in the order of the screens. */
export const CHANGE_NAMES: readonly string[] = Object.keys(WORDS);
