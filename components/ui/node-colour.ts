const NODE_COLOURS = 8;

/** Fixed by node id, so that a node has the same colour in every chart and on every day. The coordinator is grey. */
export function nodeColour(nodeId: number, isCoordinator: boolean): string {
  if (isCoordinator) return "var(--text-3)";
  return `var(--node-${((nodeId + NODE_COLOURS - 1) % NODE_COLOURS) + 1})`;
}

/** The ninth node repeats the first colour: a hatch tells them apart. */
export function isHatched(nodeId: number, isCoordinator: boolean): boolean {
  return !isCoordinator && nodeId > NODE_COLOURS;
}
