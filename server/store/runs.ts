import "server-only";
import { z } from "zod";
import { type Run, runSchema } from "@/lib/domain/change";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import { type Database, storeStatement } from "./database";

type Asked = Pick<Database, "all">;

/** What another process needs to find out how a run ended. */
export const recallSchema = z.object({
  /** Of who asked for what: the same action id with another of these is refused. */
  asked: z.string(),
  /** What the change noted before it began, and cannot be read afterwards. */
  before: z.json(),
  /** The newest background job before it began; null: it starts none. */
  newestJob: z.number().nullable(),
  /** Who started it, for the audit. */
  starter: z.object({ id: z.string(), name: z.string(), sessionId: z.string(), from: z.string() }),
});
export type Recall = z.infer<typeof recallSchema>;

/** A run with the process that follows it ("": none). */
export type StoredRun = { run: Run; clusterId: ClusterId; instance: string; recall: Recall };

const json = z.string().transform((text): unknown => JSON.parse(text));
const row = z.object({
  cluster_id: clusterIdSchema,
  instance: z.string(),
  body: json.pipe(runSchema),
  recall: json.pipe(recallSchema),
});
const nothing = z.object({});

const INSERT = storeStatement({
  text: `insert into runs (id, cluster_id, change, subject, actor_id, actor_name, state, instance, started_at, finished_at, job_id, body, recall)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
  row: nothing,
});
/** Only for the process that follows the run: one that was taken for dead writes nothing more. */
const SAVE = storeStatement({
  text: `update runs set state = $3, finished_at = $4, job_id = $5, body = $6 where id = $1 and instance = $2 returning id`,
  row: z.object({ id: z.string() }),
});
const TAKE_OVER = storeStatement({
  text: `update runs set instance = $3 where id = $1 and instance = $2 and state in ('running', 'detached') returning id`,
  row: z.object({ id: z.string() }),
});
const FIND = storeStatement({ text: "select cluster_id, instance, body, recall from runs where id = $1", row });
const OPEN = storeStatement({
  text: "select cluster_id, instance, body, recall from runs where state in ('running', 'detached') order by started_at",
  row,
});
const LIST = storeStatement({
  text: "select body from runs where cluster_id = $1 and started_at < $2 order by started_at desc, id desc limit $3",
  row: z.object({ body: json.pipe(runSchema) }),
});
const OF_CHANGES = storeStatement({
  text: `select cluster_id, instance, body, recall from runs where cluster_id = $1 and change in ($2, $3)
         order by started_at desc, id desc limit $4`,
  row,
});
const ENDED = storeStatement({
  text: "select count(*) as ended from runs where cluster_id = $1 and finished_at is not null",
  row: z.object({ ended: z.number() }),
});

export async function insertRun(inside: Asked, { run, clusterId, instance, recall }: StoredRun): Promise<void> {
  const { id, change, subject, actor, actorId, state, startedAt, finishedAt, jobId } = run;
  const head = [id, clusterId, change, subject, actorId, actor, state, instance, startedAt, finishedAt, jobId];
  await inside.all(INSERT, [...head, JSON.stringify(run), JSON.stringify(recall)]);
}

/** false: another process follows the run by now, and nothing was written. */
export async function saveRun(inside: Asked, run: Run, instance: string): Promise<boolean> {
  const { id, state, finishedAt, jobId } = run;
  return (await inside.all(SAVE, [id, instance, state, finishedAt, jobId, JSON.stringify(run)])).length > 0;
}

/** Makes another process the one that follows an open run. false: somebody was first, or it is over. */
export async function takeOverRun(inside: Asked, runId: string, from: string, to: string): Promise<boolean> {
  return (await inside.all(TAKE_OVER, [runId, from, to])).length > 0;
}

export async function findRun(inside: Asked, runId: string): Promise<StoredRun | undefined> {
  const [found] = await inside.all(FIND, [runId]);
  return found && storedOf(found);
}

/** Every run that is not over, of all clusters. */
export async function openRuns(database: Asked): Promise<StoredRun[]> {
  return (await database.all(OPEN)).map(storedOf);
}

/** The newest runs of a cluster first; `before` is where an earlier page ended. */
export async function listRuns(
  database: Asked,
  clusterId: ClusterId,
  { limit, before = Number.MAX_SAFE_INTEGER }: { limit: number; before?: number },
): Promise<Run[]> {
  return (await database.all(LIST, [clusterId, before, limit])).map(({ body }) => body);
}

/** The newest runs of two changes that belong together, oldest first. */
export async function runsOfChanges(
  database: Asked,
  clusterId: ClusterId,
  [one, other]: readonly [string, string],
  limit: number,
): Promise<StoredRun[]> {
  return (await database.all(OF_CHANGES, [clusterId, one, other, limit])).map(storedOf).toReversed();
}

/** How many runs of a cluster have ended: when it grew, something may have changed since. */
export async function countEndedRuns(inside: Asked, clusterId: ClusterId): Promise<number> {
  return (await inside.all(ENDED, [clusterId]))[0]?.ended ?? 0;
}

function storedOf({ cluster_id, instance, body, recall }: z.infer<typeof row>): StoredRun {
  return { run: body, clusterId: cluster_id, instance, recall };
}
