import "server-only";
import type { KeptLayout } from "@/lib/domain/kept-layout";
import { changeBetween, type Layout } from "@/lib/domain/layout-history";
import { eventsOf, isMove } from "@/lib/domain/layout-moves";
import type { Database } from "@/server/store/database";
import { addChange, addSnapshot, forgetLayouts, layoutSpan, newestOf, noteSeen } from "@/server/store/layouts";
import { packChange, packLayout } from "./layout-bodies";
import { layoutAt } from "./layout-reads";
import type { HandedLayout } from "./messages";

const DAY_MS = 86_400_000;
const KEPT_MS = 90 * DAY_MS;
/** A snapshot is due each day, and earlier where much has changed: what is asked for is put together from one and its changes. */
const MOST_CHANGES = 300;
/** That the layout was looked at again is written this often. */
const NOTE_MS = 30_000;
/** One round of tidying drops at most so many changes. */
const FORGET_AT_ONCE = 200;

export type LayoutKeeper = {
  /** Of two that come before the next `flush` the newer one is written, as one change. */
  take: (handed: HandedLayout) => void;
  /** It was read again and is as it was handed last. */
  takeSame: (clusterId: string, at: number) => void;
  /** Writes what was taken. What could not be written is kept for the next time. */
  flush: () => Promise<void>;
  /** Forgets a little of what is too old. */
  tidy: (now: number) => Promise<void>;
};

/** What this process knows to be written of a cluster. */
type Known = { layout: Layout; snapshotAt: number; measured: number; changes: number; newestAt: number };
type Own = {
  known: Known | null;
  handed: HandedLayout | null;
  /** When what is known was last seen to be so, and when that was last written. */
  seenAt: number;
  notedAt: number;
  /** When what is still to be written was last seen to be so. */
  sameAt: number;
};

export function createLayoutKeeper(database: Database): LayoutKeeper {
  const clusters = new Map<string, Own>();
  let flushing = Promise.resolve();

  function ownOf(clusterId: string): Own {
    const own = clusters.get(clusterId) ?? { known: null, handed: null, seenAt: 0, notedAt: 0, sameAt: 0 };
    clusters.set(clusterId, own);
    return own;
  }

  async function write(own: Own, handed: HandedLayout): Promise<void> {
    const { clusterId, at } = handed;
    // Another console may have written meanwhile: then what this one remembers is old.
    const newestAt = await newestOf(database, clusterId);
    if (own.known?.newestAt !== newestAt) own.known = newestAt === null ? null : await knownOf(database, clusterId);
    const span = await layoutSpan(database, clusterId);
    // Of the same moment, or of one before what is written, nothing new can be told.
    if (newestAt !== null && at <= newestAt) return;
    const next = nextOf(own.known, handed);
    const change = own.known && (await changeRow(own.known, handed, Math.max(own.seenAt, span?.until ?? 0)));
    const body = next.snapshotAt === at ? await packLayout(keptOf(handed)) : null;
    await database.transaction(async (inside) => {
      await noteSeen(inside, clusterId, at);
      if (change) await addChange(inside, clusterId, change);
      if (body !== null) await addSnapshot(inside, clusterId, { at, measured: handed.measured, body });
    });
    own.known = change || body !== null ? next : own.known;
    own.notedAt = at;
  }

  async function flushAll(): Promise<void> {
    for (const [clusterId, own] of clusters) {
      const { handed } = own;
      if (handed) {
        await write(own, handed);
        own.seenAt = Math.max(own.seenAt, handed.at, own.sameAt);
        if (own.handed === handed) own.handed = null;
      }
      if (own.seenAt - own.notedAt < NOTE_MS || own.handed) continue;
      await noteSeen(database, clusterId, own.seenAt);
      own.notedAt = own.seenAt;
    }
  }

  return {
    take(handed) {
      ownOf(handed.clusterId).handed = handed;
    },
    takeSame(clusterId, at) {
      const own = ownOf(clusterId);
      if (own.handed) own.sameAt = at;
      else own.seenAt = at;
    },
    flush() {
      // One after the other: what was asked for may flush while the clock does.
      flushing = flushing.catch(() => undefined).then(flushAll);
      return flushing;
    },
    async tidy(now) {
      await database.transaction((inside) => forgetLayouts(inside, now - KEPT_MS, FORGET_AT_ONCE));
    },
  };
}

/** What is known once this has been written. */
function nextOf(known: Known | null, { at, layout, measured }: HandedLayout): Known {
  const isDue = !known || at - known.snapshotAt >= DAY_MS || known.changes >= MOST_CHANGES || measured > known.measured;
  if (isDue) return { layout, snapshotAt: at, measured, changes: 0, newestAt: at };
  return { ...known, layout, changes: known.changes + 1, newestAt: at };
}

async function changeRow(known: Known, { at, layout, sizes }: HandedLayout, happenedAfter: number) {
  const change = changeBetween(known.layout, layout);
  if (!change) return null;
  const events = eventsOf(known.layout, layout, change, sizes);
  const moved = events.filter(isMove).length;
  const body = await packChange({ change, events });
  return { at, happenedAfter: Math.min(happenedAfter, at), moved, other: events.length - moved, body };
}

function keptOf({ at, layout, sizes, measured }: HandedLayout): KeptLayout {
  return { layout, sizes, about: { measuredAt: measured === 0 ? null : at, changedAt: null, unsureUntil: null } };
}

/** What another process, or this one before it was started again, has written. */
async function knownOf(database: Database, clusterId: string): Promise<Known | null> {
  const read = await layoutAt(database, clusterId, Number.MAX_SAFE_INTEGER);
  if (!read) return null;
  const { snapshotAt, measured, changes } = read;
  return {
    layout: read.kept.layout,
    snapshotAt,
    measured,
    changes,
    newestAt: Math.max(snapshotAt, read.kept.about.changedAt ?? 0),
  };
}
