import type { Blocker, LockWait } from "./activity";
import type { GlobalPid } from "./global-pid";
import { type Ahead, depthsOf, ringsInOrder } from "./lock-rings";

/** A participant of the graph: a session's global pid, or "prepared nodeid gid". */
export type PartyKey = string;

export type WaitEdge = { waiter: PartyKey; blocker: PartyKey; wait: LockWait };

/** Who waits for whom, and what would happen if one of them ended. */
export type LockGraph = {
  edges: readonly WaitEdge[];
  /** The edges as neighbours: whom each one waits for, and who waits for each one. */
  blockersOf: Ahead;
  waitersOf: Ahead;
  /** Everyone in it, waiting or blocking. */
  parties: readonly PartyKey[];
  /** Block others and wait for nobody, those with most sessions behind them first. Empty while everything is in cycles. */
  roots: readonly PartyKey[];
  /** Sessions that wait for each other in a ring. Citus and PostgreSQL end one of them within seconds. */
  cycles: readonly (readonly PartyKey[])[];
  /** Steps to the farthest root: 0 for roots and for the members of a cycle that waits for nobody else. */
  depth: ReadonlyMap<PartyKey, number>;
};

function partyOf(blocker: Blocker): PartyKey {
  return blocker.kind === "session" ? blocker.globalPid : `prepared ${blocker.nodeId} ${blocker.gid ?? "?"}`;
}

export function lockGraph(waits: readonly LockWait[]): LockGraph {
  const edges = uniqueEdges(waits);
  const parties = [...new Set(edges.flatMap(({ waiter, blocker }) => [blocker, waiter]))].toSorted();
  const blockersOf = neighbours(edges, "waiter", "blocker");
  const waitersOf = neighbours(edges, "blocker", "waiter");
  const groups = ringsInOrder(parties, blockersOf);
  const waiting = new Set(edges.map((edge) => edge.waiter));
  const roots = parties.filter((party) => !waiting.has(party));
  const weight = new Map(roots.map((root) => [root, reach(root, waitersOf).size]));
  return {
    edges,
    blockersOf,
    waitersOf,
    parties,
    roots: roots.toSorted((a, b) => (weight.get(b) ?? 0) - (weight.get(a) ?? 0)),
    cycles: groups.filter((group) => group.length > 1),
    depth: depthsOf(groups, blockersOf),
  };
}

/** Everyone who waits for this one, directly or through others; itself not counted. */
export function waitingBehind(graph: LockGraph, party: PartyKey): ReadonlySet<PartyKey> {
  return reach(party, graph.waitersOf);
}

/**
 * Who could go on if this one ended: those who wait for nobody else, then those who waited only for them, and so on.
 * A session that somebody else blocks as well is not among them.
 */
export function freedBy(graph: LockGraph, party: PartyKey): ReadonlySet<PartyKey> {
  const gone = new Set([party]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [waiter, blockers] of graph.blockersOf) {
      if (gone.has(waiter) || ![...blockers].every((blocker) => gone.has(blocker))) continue;
      gone.add(waiter);
      grew = true;
    }
  }
  gone.delete(party);
  return gone;
}

/** The longest of a session's waits, and how many others it waits for. null: it waits for no lock. */
export function waitOf(graph: LockGraph, party: PartyKey): { longest: WaitEdge; blockers: number } | null {
  const own = graph.edges.filter((edge) => edge.waiter === party);
  const [longest] = own.toSorted((a, b) => (b.wait.waitSeconds ?? 0) - (a.wait.waitSeconds ?? 0));
  return longest ? { longest, blockers: new Set(own.map((edge) => edge.blocker)).size } : null;
}

export function isSession(party: PartyKey): party is GlobalPid {
  return !party.startsWith("prepared ");
}

/**
 * One edge per pair: two shards of one statement may each wait for the same session. The longest wait speaks for both.
 * A statement whose own connections wait for each other is no wait between sessions.
 */
function uniqueEdges(waits: readonly LockWait[]): WaitEdge[] {
  const edges = new Map<string, WaitEdge>();
  for (const wait of waits) {
    const edge: WaitEdge = { waiter: wait.waiter, blocker: partyOf(wait.blocker), wait };
    if (edge.waiter === edge.blocker) continue;
    const key = `${edge.waiter} ${edge.blocker}`;
    const known = edges.get(key);
    if (!known || (known.wait.waitSeconds ?? 0) < (wait.waitSeconds ?? 0)) edges.set(key, edge);
  }
  return [...edges.values()];
}

function neighbours(edges: readonly WaitEdge[], from: "waiter" | "blocker", to: "waiter" | "blocker"): Ahead {
  const found = new Map<PartyKey, Set<PartyKey>>();
  for (const edge of edges) found.set(edge[from], (found.get(edge[from]) ?? new Set()).add(edge[to]));
  return found;
}

function reach(start: PartyKey, next: Ahead): Set<PartyKey> {
  const found = new Set<PartyKey>();
  const open = [...(next.get(start) ?? [])];
  for (let party = open.pop(); party !== undefined; party = open.pop()) {
    if (found.has(party) || party === start) continue;
    found.add(party);
    open.push(...(next.get(party) ?? []));
  }
  return found;
}
