import "server-only";
import { z } from "zod";
import { type TopicName, topicNameSchema } from "@/lib/domain/live";
import { type Database, storeStatement } from "./database";
import type { Lease } from "./leases";

/** A published snapshot without what was read. Times are by the state's clock. */
export type SnapshotHead = {
  topic: TopicName;
  version: string;
  tookMs: number | null;
  readAt: number | null;
  begunAt: number;
  failingSince: number | null;
};
/** When it was read, told in ages, because the publisher's clock is not the state's. */
export type Publication = {
  topic: TopicName;
  version: string;
  tookMs: number | null;
  ageMs: number | null;
  begunAgoMs: number;
  failingForMs: number | null;
};

const nothing = z.object({});
const versionRow = z.object({ version: z.string() });

/** Only under the lease: what a former collector still sends is not taken. */
const PUT = storeStatement({
  text: `insert into snapshots (cluster_id, topic, version, body, took_ms, read_at, begun_at, failing_since)
         select $1, $2, $3, $4, cast($5 as bigint), now_ms() - cast($6 as bigint), now_ms() - cast($7 as bigint),
                now_ms() - cast($8 as bigint)
         from leases where name = $9 and epoch = cast($10 as bigint) and expires_at > now_ms()
         on conflict (cluster_id, topic) do update
           set version = excluded.version, body = excluded.body, took_ms = excluded.took_ms, read_at = excluded.read_at,
               begun_at = excluded.begun_at, failing_since = excluded.failing_since
         returning version`,
  row: versionRow,
});
/** Read again and the same as before: only the ages are renewed. */
const TOUCH = storeStatement({
  text: `update snapshots
         set took_ms = cast($4 as bigint), read_at = now_ms() - cast($5 as bigint), begun_at = now_ms() - cast($6 as bigint),
             failing_since = now_ms() - cast($7 as bigint)
         where cluster_id = $1 and topic = $2 and version = $3
           and exists (select 1 from leases where name = $8 and epoch = cast($9 as bigint) and expires_at > now_ms())
         returning version`,
  row: versionRow,
});
const HEADS = storeStatement({
  text: `select topic, version, took_ms, read_at, begun_at, failing_since from snapshots where cluster_id = $1`,
  row: z
    .object({
      topic: z.string(),
      version: z.string(),
      took_ms: z.number().nullable(),
      read_at: z.number().nullable(),
      begun_at: z.number(),
      failing_since: z.number().nullable(),
    })
    .transform((row) => ({
      topic: row.topic,
      version: row.version,
      tookMs: row.took_ms,
      readAt: row.read_at,
      begunAt: row.begun_at,
      failingSince: row.failing_since,
    })),
});
const BODY = storeStatement({
  text: "select body from snapshots where cluster_id = $1 and topic = $2 and version = $3",
  row: z.object({ body: z.string() }),
});
const WANT = storeStatement({
  text: `insert into interests (cluster_id, topic, until, refresh_at, is_thorough)
         values ($1, $2, now_ms() + $3, 0, 0)
         on conflict (cluster_id, topic) do update set until = excluded.until`,
  row: nothing,
});
const WANT_NEW = storeStatement({
  text: `insert into interests (cluster_id, topic, until, refresh_at, is_thorough)
         values ($1, $2, now_ms(), now_ms(), $3)
         on conflict (cluster_id, topic) do update set refresh_at = excluded.refresh_at, is_thorough = excluded.is_thorough
         returning refresh_at as at`,
  row: z.object({ at: z.number() }),
});
const WANTED = storeStatement({
  text: `select topic, case when until > now_ms() then 1 else 0 end as watched, refresh_at, is_thorough
         from interests where cluster_id = $1 and (until > now_ms() or refresh_at > now_ms() - 60000)`,
  row: z
    .object({ topic: z.string(), watched: z.number(), refresh_at: z.number(), is_thorough: z.number() })
    .transform((row) => ({
      topic: row.topic,
      isWatched: row.watched === 1,
      refreshAt: row.refresh_at,
      isThorough: row.is_thorough === 1,
    })),
});
const CLOCK = storeStatement({ text: "select now_ms() as now", row: z.object({ now: z.number() }) });
const TELL = storeStatement({ text: "select pg_notify('shardboard', $1)", row: z.looseObject({}) });

/** false: the lease is no longer ours. `body` null: it is published already, and only its ages are renewed. */
export async function publishSnapshot(
  database: Database,
  clusterId: string,
  { topic, version, tookMs, ageMs, begunAgoMs, failingForMs }: Publication,
  body: string | null,
  lease: Pick<Lease, "name" | "epoch">,
): Promise<boolean> {
  const ages = [tookMs, ageMs, begunAgoMs, failingForMs].map((ms) => (ms === null ? null : Math.round(ms)));
  const under = [lease.name, lease.epoch];
  const head = [clusterId, topic, version];
  const done =
    body === null
      ? await database.all(TOUCH, [...head, ...ages, ...under])
      : await database.all(PUT, [...head, body, ...ages, ...under]);
  return done.length > 0;
}

/** What is published of a cluster, in topics that this console knows. */
export async function listSnapshots(database: Database, clusterId: string): Promise<SnapshotHead[]> {
  return (await database.all(HEADS, [clusterId])).flatMap(({ topic, ...rest }) => {
    const known = topicNameSchema.safeParse(topic);
    return known.success ? [{ topic: known.data, ...rest }] : [];
  });
}

/** null: it was replaced by a newer one meanwhile. */
export async function readSnapshotBody(
  database: Database,
  clusterId: string,
  { topic, version }: Pick<SnapshotHead, "topic" | "version">,
): Promise<string | null> {
  return (await database.all(BODY, [clusterId, topic, version]))[0]?.body ?? null;
}

export async function wantTopic(database: Database, clusterId: string, topic: TopicName, forMs: number): Promise<void> {
  await database.all(WANT, [clusterId, topic, forMs]);
}

/** Asks for a read that begins after now. Returns that moment by the state's clock. */
export async function wantRefresh(
  database: Database,
  clusterId: string,
  topic: TopicName,
  isThorough: boolean,
): Promise<number> {
  const [row] = await database.all(WANT_NEW, [clusterId, topic, isThorough ? 1 : 0]);
  return row?.at ?? 0;
}

export type Wanted = { topic: TopicName; isWatched: boolean; refreshAt: number; isThorough: boolean };

/** What the viewers of all other consoles look at, and what they want read anew. */
export async function listWanted(database: Database, clusterId: string): Promise<Wanted[]> {
  return (await database.all(WANTED, [clusterId])).flatMap(({ topic, ...rest }) => {
    const known = topicNameSchema.safeParse(topic);
    return known.success ? [{ topic: known.data, ...rest }] : [];
  });
}

export async function clockOf(database: Database): Promise<number> {
  return (await database.all(CLOCK))[0]?.now ?? Date.now();
}

/** Says something to the other consoles on this state, which listen. */
export async function tellOthers(database: Database, payload: string): Promise<void> {
  await database.all(TELL, [payload]);
}
