import "server-only";
import { z } from "zod";
import { type Database, storeStatement } from "./database";

type Inside = Pick<Database, "all">;

const nothing = z.object({});
const SPAN = storeStatement({
  text: "select since, until from layout_spans where cluster_id = $1",
  row: z.object({ since: z.number(), until: z.number() }),
});
/** Of two consoles that hand a cluster over to each other the later one counts. */
const SEEN = storeStatement({
  text: `insert into layout_spans (cluster_id, since, until) values ($1, $2, $2)
         on conflict (cluster_id) do update set
           until = case when excluded.until > layout_spans.until then excluded.until else layout_spans.until end`,
  row: nothing,
});
const SNAPSHOT_BEFORE = storeStatement({
  text: `select at, measured, body from layout_snapshots
         where cluster_id = $1 and at = (select max(at) from layout_snapshots where cluster_id = $1 and at <= $2)`,
  row: z.object({ at: z.number(), measured: z.number(), body: z.string() }),
});
const ADD_SNAPSHOT = storeStatement({
  text: "insert into layout_snapshots (cluster_id, at, measured, body) values ($1, $2, $3, $4)",
  row: nothing,
});
const ADD_CHANGE = storeStatement({
  text: `insert into layout_changes (cluster_id, at, happened_after, moved, other, body) values ($1, $2, $3, $4, $5, $6)`,
  row: nothing,
});
const CHANGES = storeStatement({
  text: `select at, happened_after, body from layout_changes
         where cluster_id = $1 and at > $2 and at <= $3 order by at desc limit $4`,
  row: z.object({ at: z.number(), happened_after: z.number(), body: z.string() }),
});
const MARKS = storeStatement({
  text: `select at, happened_after, moved, other from layout_changes
         where cluster_id = $1 and at > $2 and at <= $3 order by at desc limit $4`,
  row: z.object({ at: z.number(), happened_after: z.number(), moved: z.number(), other: z.number() }),
});
const NEXT_CHANGE = storeStatement({
  text: `select at, happened_after from layout_changes
         where cluster_id = $1 and at = (select min(at) from layout_changes where cluster_id = $1 and at > $2)`,
  row: z.object({ at: z.number(), happened_after: z.number() }),
});
const HEAD = storeStatement({
  text: `select (select max(at) from layout_snapshots where cluster_id = $1) as snapshot_at,
                (select max(at) from layout_changes where cluster_id = $1) as change_at`,
  row: z.object({ snapshot_at: z.number().nullable(), change_at: z.number().nullable() }),
});
const EXPIRED_SNAPSHOT = storeStatement({
  text: `select cluster_id, min(at) as at from layout_snapshots s
         where at < (select max(at) from layout_snapshots n where n.cluster_id = s.cluster_id and n.at <= $1)
         group by cluster_id limit 1`,
  row: z.object({ cluster_id: z.string(), at: z.number() }),
});
const DROP_SNAPSHOT = storeStatement({
  text: "delete from layout_snapshots where cluster_id = $1 and at = $2",
  row: nothing,
});
const DROP_CHANGES = storeStatement({
  text: `delete from layout_changes
         where cluster_id = $1 and at in (
           select at from layout_changes
           where cluster_id = $1 and at <= (select min(at) from layout_snapshots where cluster_id = $1)
           order by at limit $2)`,
  row: nothing,
});
/** What is older than the oldest snapshot cannot be put together any more. */
const SHORTEN_SPAN = storeStatement({
  text: `update layout_spans set since = (select min(at) from layout_snapshots where cluster_id = $1)
         where cluster_id = $1 and since < (select min(at) from layout_snapshots where cluster_id = $1)`,
  row: nothing,
});
const CLUSTERS = storeStatement({
  text: "select cluster_id from layout_spans",
  row: z.object({ cluster_id: z.string() }),
});

export type SnapshotRow = { at: number; measured: number; body: string };
export type ChangeRow = { at: number; happenedAfter: number; body: string };
export type MarkRow = { at: number; happenedAfter: number; moved: number; other: number };

/** From when until when a cluster's layout is known; undefined: it is not. */
export async function layoutSpan(
  inside: Inside,
  clusterId: string,
): Promise<{ since: number; until: number } | undefined> {
  return (await inside.all(SPAN, [clusterId]))[0];
}

/** The layout was looked at, whether it had changed or not. */
export async function noteSeen(inside: Inside, clusterId: string, at: number): Promise<void> {
  await inside.all(SEEN, [clusterId, at]);
}

/** The newest snapshot that is not after the moment. */
export async function snapshotBefore(inside: Inside, clusterId: string, at: number): Promise<SnapshotRow | undefined> {
  return (await inside.all(SNAPSHOT_BEFORE, [clusterId, at]))[0];
}

export async function addSnapshot(
  inside: Inside,
  clusterId: string,
  { at, measured, body }: SnapshotRow,
): Promise<void> {
  await inside.all(ADD_SNAPSHOT, [clusterId, at, measured, body]);
}

export async function addChange(inside: Inside, clusterId: string, row: ChangeRow & MarkRow): Promise<void> {
  await inside.all(ADD_CHANGE, [clusterId, row.at, row.happenedAfter, row.moved, row.other, row.body]);
}

/** Changes seen after `after` and until `until`, the newest first. */
export async function listChanges(
  inside: Inside,
  clusterId: string,
  { after, until, most }: { after: number; until: number; most: number },
): Promise<ChangeRow[]> {
  const rows = await inside.all(CHANGES, [clusterId, after, until, most]);
  return rows.map(({ at, happened_after, body }) => ({ at, happenedAfter: happened_after, body }));
}

/** The same without what changed. */
export async function listMarks(
  inside: Inside,
  clusterId: string,
  { after, until, most }: { after: number; until: number; most: number },
): Promise<MarkRow[]> {
  const rows = await inside.all(MARKS, [clusterId, after, until, most]);
  return rows.map(({ happened_after, ...rest }) => ({ ...rest, happenedAfter: happened_after }));
}

export async function nextChange(
  inside: Inside,
  clusterId: string,
  at: number,
): Promise<{ at: number; happenedAfter: number } | undefined> {
  const [row] = await inside.all(NEXT_CHANGE, [clusterId, at]);
  return row && { at: row.at, happenedAfter: row.happened_after };
}

/** The moment of the newest thing that was written of a cluster's layout; null: nothing was. */
export async function newestOf(inside: Inside, clusterId: string): Promise<number | null> {
  const [row] = await inside.all(HEAD, [clusterId]);
  const written = [row?.snapshot_at, row?.change_at].filter((at) => at !== null && at !== undefined);
  return written.length === 0 ? null : Math.max(...written);
}

/** One small step: at most one snapshot that a later one before `keptFrom` stands in for, and so many changes. */
export async function forgetLayouts(inside: Inside, keptFrom: number, most: number): Promise<void> {
  const [expired] = await inside.all(EXPIRED_SNAPSHOT, [keptFrom]);
  if (expired) await inside.all(DROP_SNAPSHOT, [expired.cluster_id, expired.at]);
  for (const { cluster_id } of await inside.all(CLUSTERS)) {
    await inside.all(DROP_CHANGES, [cluster_id, most]);
    await inside.all(SHORTEN_SPAN, [cluster_id]);
  }
}
