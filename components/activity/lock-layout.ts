import type { LockGraph, PartyKey } from "@/lib/domain/lock-graph";

export const CARD = { height: 86, gapY: 14 } as const;
const WIDTH = { least: 200, most: 264 } as const;
const GAP = { least: 52, most: 120 } as const;
/** More cards than this are no picture any more; the table has all of them. */
const MOST_CARDS = 24;

export type Placed = { party: PartyKey; x: number; y: number };
export type Drawn = { from: Placed; to: Placed; fromRoot: boolean };
export type LockLayout = {
  cards: readonly Placed[];
  lines: readonly Drawn[];
  cardWidth: number;
  width: number;
  height: number;
  /** Parties for which there is no card. */
  hidden: number;
};

/** Waiting left, roots right: a column per step from the root, each centred on the tallest one, in the room there is. */
export function layOut(graph: LockGraph, room: number): LockLayout {
  const byDepth = graph.parties.toSorted((a, b) => depthOf(graph, a) - depthOf(graph, b));
  const shown = byDepth.slice(0, MOST_CARDS);
  const columns = new Map<number, PartyKey[]>();
  for (const party of shown) columns.set(depthOf(graph, party), [...(columns.get(depthOf(graph, party)) ?? []), party]);
  const deepest = Math.max(0, ...columns.keys());
  const { cardWidth, gapX } = columnsIn(room, deepest + 1);
  const tallest = Math.max(0, ...[...columns.values()].map((column) => column.length));
  const height = extent(tallest, CARD.height, CARD.gapY);
  const placed = new Map<PartyKey, Placed>();
  for (const [depth, column] of columns) {
    const top = (height - extent(column.length, CARD.height, CARD.gapY)) / 2;
    for (const [place, party] of column.entries())
      placed.set(party, {
        party,
        x: (deepest - depth) * (cardWidth + gapX),
        y: top + place * (CARD.height + CARD.gapY),
      });
  }
  const lines = graph.edges.flatMap(({ waiter, blocker }) => {
    const [from, to] = [placed.get(waiter), placed.get(blocker)];
    return from && to ? [{ from, to, fromRoot: graph.roots.includes(blocker) }] : [];
  });
  return {
    cards: [...placed.values()],
    lines: direct(graph, lines),
    cardWidth,
    width: extent(deepest + 1, cardWidth, gapX),
    height,
    hidden: graph.parties.length - shown.length,
  };
}

/** Narrower gaps first, then narrower cards; what does not fit even so is scrolled to. */
function columnsIn(room: number, count: number): { cardWidth: number; gapX: number } {
  const clamp = (least: number, most: number, value: number) => Math.floor(Math.min(most, Math.max(least, value)));
  if (count < 2) return { cardWidth: WIDTH.most, gapX: 0 };
  const gapX = clamp(GAP.least, GAP.most, (room - count * WIDTH.most) / (count - 1));
  return { cardWidth: clamp(WIDTH.least, WIDTH.most, (room - (count - 1) * gapX) / count), gapX };
}

const depthOf = (graph: LockGraph, party: PartyKey) => graph.depth.get(party) ?? 0;

const extent = (count: number, size: number, gap: number) => Math.max(0, count * size + (count - 1) * gap);

/** Who waits in a queue waits for everybody before it. Lines over a column in between are left out where a way through it says the same. */
function direct(graph: LockGraph, lines: readonly Drawn[]): Drawn[] {
  return lines.filter(({ from, to }) => {
    const others = [...(graph.blockersOf.get(from.party) ?? [])].filter((other) => other !== to.party);
    const isFar = depthOf(graph, from.party) - depthOf(graph, to.party) > 1;
    return !isFar || !others.some((other) => graph.blockersOf.get(other)?.has(to.party));
  });
}
