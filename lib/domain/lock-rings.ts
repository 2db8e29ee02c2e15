/** From a party to those it waits for. */
export type Ahead = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Parties that wait for each other in a ring form a group; anyone else is a group of one. A group comes after every group
 * it waits for (Tarjan's order), so one pass over the result sees what is ahead before what is behind.
 */
export function ringsInOrder(parties: readonly string[], ahead: Ahead): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const groups: string[][] = [];

  function visit(party: string): void {
    const own = index.size;
    index.set(party, own);
    low.set(party, own);
    open.push(party);
    isOpen.add(party);
    for (const next of ahead.get(party) ?? []) {
      if (!index.has(next)) visit(next);
      if (isOpen.has(next)) low.set(party, Math.min(low.get(party) ?? own, low.get(next) ?? own));
    }
    if (low.get(party) !== own) return;
    const group = open.splice(open.indexOf(party));
    for (const member of group) isOpen.delete(member);
    groups.push(group.toSorted());
  }
  for (const party of parties) if (!index.has(party)) visit(party);
  return groups;
}

/** Steps to the farthest root. The members of a ring stand together, one step behind whatever the ring waits for. */
export function depthsOf(groups: readonly (readonly string[])[], ahead: Ahead): Map<string, number> {
  const depth = new Map<string, number>();
  for (const group of groups) {
    const outside = group.flatMap((member) => [...(ahead.get(member) ?? [])].filter((next) => !group.includes(next)));
    const own = Math.max(0, ...outside.map((next) => (depth.get(next) ?? 0) + 1));
    for (const member of group) depth.set(member, own);
  }
  return depth;
}
