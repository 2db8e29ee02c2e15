import "server-only";
import { z } from "zod";
import type { HistorySeries, Point } from "@/lib/domain/history";
import { type Database, type StoreStatement, storeStatement, type Value } from "./database";

type Inside = Pick<Database, "all">;

const nothing = z.object({});
const SERIES = storeStatement({
  text: "select id from series where cluster_id = $1 and name = $2 and key = $3",
  row: z.object({ id: z.number() }),
});
const NEW_SERIES = storeStatement({
  text: `insert into series (id, cluster_id, name, key, since)
         select coalesce(max(id), 0) + 1, $1, $2, $3, cast($4 as bigint) from series where true
         returning id`,
  row: z.object({ id: z.number() }),
});
const SINCE = storeStatement({
  text: "select min(since) as since from series where cluster_id = $1 and name = $2",
  row: z.object({ since: z.number().nullable() }),
});
/** A point that is there is added to: samples come late, and a restart begins in the middle of a step. */
const ADD_TO = `on conflict (series_id, tier, at) do update set
  total = points.total + excluded.total, samples = points.samples + excluded.samples,
  low = case when excluded.low < points.low then excluded.low else points.low end,
  high = case when excluded.high > points.high then excluded.high else points.high end`;
/** Put together anew from everything below it, so that doing it twice changes nothing. */
const ROLL_UP = storeStatement({
  text: `insert into points (series_id, tier, at, total, low, high, samples)
         select series_id, cast($1 as bigint), at - at % cast($2 as bigint), sum(total), min(low), max(high), sum(samples)
         from points where tier = $3 and at >= $4 and at < $5
         group by series_id, at - at % cast($2 as bigint)
         on conflict (series_id, tier, at) do update set
           total = excluded.total, low = excluded.low, high = excluded.high, samples = excluded.samples`,
  row: nothing,
});
const OLDEST = storeStatement({
  text: "select min(at) as at from points where tier = $1 and at >= $2",
  row: z.object({ at: z.number().nullable() }),
});
const MARKS = storeStatement({
  text: "select tier, until from marks",
  row: z.object({ tier: z.number(), until: z.number() }),
});
const SET_MARK = storeStatement({
  text: "insert into marks (tier, until) values ($1, $2) on conflict (tier) do update set until = excluded.until",
  row: nothing,
});
const FORGET = storeStatement({ text: "delete from points where tier = $1 and at < $2", row: nothing });
const READ = storeStatement({
  text: `select s.key, p.at - p.at % cast($1 as bigint) as at, sum(p.total) as total, min(p.low) as low, max(p.high) as high,
                sum(p.samples) as samples
         from points p join series s on s.id = p.series_id
         where s.cluster_id = $2 and s.name = $3 and p.tier = $4 and p.at >= $5 and p.at < $6
         group by s.key, p.at - p.at % cast($1 as bigint)`,
  row: z.object({
    key: z.string(),
    at: z.number(),
    total: z.number(),
    low: z.number(),
    high: z.number(),
    samples: z.number(),
  }),
});

export type SeriesName = { clusterId: string; series: HistorySeries; key: string };

/** The number of a series, given at its first sample. */
export async function seriesId(inside: Inside, { clusterId, series, key }: SeriesName, at: number): Promise<number> {
  const [known] = await inside.all(SERIES, [clusterId, series, key]);
  if (known) return known.id;
  const [made] = await inside.all(NEW_SERIES, [clusterId, series, key, at]);
  if (!made) throw new Error("the new series has no number");
  return made.id;
}

const COLUMNS = 7;
const ROWS_AT_ONCE = 50;
const inserts = new Map<number, StoreStatement<object>>();

/** As many rows as there are in one statement: a database across the network is asked once, not fifty times. */
function insertOf(rows: number): StoreStatement<object> {
  const known = inserts.get(rows);
  if (known) return known;
  const types = ["bigint", "bigint", "bigint", "double precision", "double precision", "double precision", "bigint"];
  const tuples = Array.from(
    { length: rows },
    (_, row) => `(${types.map((type, column) => `cast($${row * COLUMNS + column + 1} as ${type})`).join(", ")})`,
  );
  const text = `insert into points (series_id, tier, at, total, low, high, samples) values ${tuples.join(", ")} ${ADD_TO}`;
  const made = storeStatement({ text, row: nothing });
  inserts.set(rows, made);
  return made;
}

/** Adds to the points of the finest tier. */
export async function addPoints(inside: Inside, points: readonly (Point & { seriesId: number })[]): Promise<void> {
  for (let from = 0; from < points.length; from += ROWS_AT_ONCE) {
    const some = points.slice(from, from + ROWS_AT_ONCE);
    const values: Value[] = some.flatMap((one) => [one.seriesId, 0, one.at, one.total, one.low, one.high, one.samples]);
    await inside.all(insertOf(some.length), values);
  }
}

/** Until when each tier has been put together; the finest always is. */
export async function marksOf(inside: Inside): Promise<Map<number, number>> {
  return new Map((await inside.all(MARKS)).map(({ tier, until }) => [tier, until]));
}

/** The moment of a tier's oldest point that is not before `from`. */
export async function oldestOf(inside: Inside, tier: number, from = 0): Promise<number | null> {
  return (await inside.all(OLDEST, [tier, from]))[0]?.at ?? null;
}

/** Puts the points of the tier before together, from `from` until `to`, which are both beginnings of steps. */
export async function rollUp(inside: Inside, tier: number, stepMs: number, from: number, to: number): Promise<void> {
  await inside.all(ROLL_UP, [tier, stepMs, tier - 1, from, to]);
  await inside.all(SET_MARK, [tier, to]);
}

export async function forgetPoints(inside: Inside, tier: number, before: number): Promise<void> {
  await inside.all(FORGET, [tier, before]);
}

export type PointQuery = { clusterId: string; series: HistorySeries; stepMs: number };

/** The points of one tier in longer steps. */
export async function listPoints(
  inside: Inside,
  { clusterId, series, stepMs }: PointQuery,
  tier: number,
  from: number,
  to: number,
): Promise<(Point & { key: string })[]> {
  if (from >= to) return [];
  return inside.all(READ, [stepMs, clusterId, series, tier, from, to]);
}

export async function sinceOf(inside: Inside, clusterId: string, series: HistorySeries): Promise<number | null> {
  return (await inside.all(SINCE, [clusterId, series]))[0]?.since ?? null;
}
