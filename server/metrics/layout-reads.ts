import "server-only";
import type { KeptLayout } from "@/lib/domain/kept-layout";
import { applied } from "@/lib/domain/layout-history";
import type { DatedEvent, LayoutMarks, Moves } from "@/lib/domain/layout-moves";
import type { Database } from "@/server/store/database";
import { layoutSpan, listChanges, listMarks, nextChange, snapshotBefore } from "@/server/store/layouts";
import { unpackChange, unpackLayout } from "./layout-bodies";

/** More than these happen between two snapshots only while several consoles write. */
const MOST_CHANGES = 10_000;
/** More rows than anybody reads; the rest is counted. */
const MOST_EVENTS = 5_000;
const MOST_MARKS = 5_000;
const AT_ONCE = 50;

export type LayoutRead = { kept: KeptLayout; snapshotAt: number; measured: number; changes: number };

/** The layout as it was at a moment: the snapshot before it, and the changes from there; null: nothing so old is on record. */
export async function layoutAt(database: Database, clusterId: string, at: number): Promise<LayoutRead | null> {
  const snapshot = await snapshotBefore(database, clusterId, at);
  if (!snapshot) return null;
  const rows = await listChanges(database, clusterId, { after: snapshot.at, until: at, most: MOST_CHANGES });
  const { layout, sizes, about } = await unpackLayout(snapshot.body);
  const bodies = await Promise.all(rows.toReversed().map(({ body }) => unpackChange(body)));
  const [last] = rows;
  const next = await nextChange(database, clusterId, at);
  // The change that this snapshot already has in it.
  const before = last ?? (await listMarks(database, clusterId, { after: 0, until: at, most: 1 }))[0];
  return {
    kept: {
      layout: applied(
        layout,
        bodies.map(({ change }) => change),
      ),
      sizes,
      about: {
        measuredAt: about.measuredAt,
        changedAt: before?.at ?? null,
        unsureUntil: next && next.happenedAfter < at ? next.at : null,
      },
    },
    snapshotAt: snapshot.at,
    measured: snapshot.measured,
    changes: rows.length,
  };
}

/** What happened between two moments, the newest first. */
export async function movesBetween(database: Database, clusterId: string, from: number, to: number): Promise<Moves> {
  const span = await layoutSpan(database, clusterId);
  const marks = await listMarks(database, clusterId, { after: from, until: to, most: MOST_MARKS });
  const total = marks.reduce((sum, { moved, other }) => sum + moved + other, 0);
  const events: DatedEvent[] = [];
  let until = to;
  while (events.length < MOST_EVENTS) {
    const rows = await listChanges(database, clusterId, { after: from, until, most: AT_ONCE });
    for (const { at, happenedAfter, body } of rows)
      for (const event of (await unpackChange(body)).events) events.push({ ...event, after: happenedAfter, at });
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) break;
    until = last.at - 1;
  }
  const listed = events.slice(0, MOST_EVENTS);
  return { since: span?.since ?? null, until: span?.until ?? null, events: listed, leftOut: total - listed.length };
}

/** When something happened between two moments, oldest first. */
export async function marksBetween(
  database: Database,
  clusterId: string,
  from: number,
  to: number,
): Promise<LayoutMarks> {
  const span = await layoutSpan(database, clusterId);
  const rows = await listMarks(database, clusterId, { after: from, until: to, most: MOST_MARKS });
  const marks = rows.map(({ at, happenedAfter, moved, other }) => ({ at, after: happenedAfter, moved, other }));
  return { since: span?.since ?? null, until: span?.until ?? null, marks: marks.toReversed() };
}
