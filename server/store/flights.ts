import "server-only";
import { z } from "zod";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Flight, type FlightHead, flightHeadSchema, flightTaskSchema } from "@/lib/domain/flight";
import type { FlightStep } from "@/lib/domain/flight-step";
import { isJobOpen, type Job, TASK_STATES } from "@/lib/domain/job";
import type { ModeTiming } from "@/lib/domain/move-pace";
import { type Database, storeStatement } from "./database";
import { insertMany } from "./insert-many";

type Inside = Pick<Database, "all">;

const nothing = z.object({});
const json = z.string().transform((text): unknown => JSON.parse(text));
const idRow = z.object({ id: z.number() });

/** Of the runs with one number the newest; a cluster that was made anew counts from 1 again. */
const FIND = storeStatement({
  text: "select id, started_at, is_open from flights where cluster_id = $1 and job_id = $2 order by id desc limit 1",
  row: z.object({ id: z.number(), started_at: z.number().nullable(), is_open: z.number() }),
});
const CREATE = storeStatement({
  text: `insert into flights (id, cluster_id, job_id, started_at, is_open, head)
         select coalesce(max(id), 0) + 1, $1, cast($2 as bigint), cast($3 as bigint), cast($4 as bigint), $5 from flights where true
         returning id`,
  row: idRow,
});
const SET_HEAD = storeStatement({
  text: "update flights set started_at = $2, is_open = $3, head = $4 where id = $1",
  row: nothing,
});
const HEAD = storeStatement({
  text: "select head from flights where id = $1",
  row: z.object({ head: json.pipe(flightHeadSchema) }),
});
const OPEN = storeStatement({
  text: "select id, job_id, started_at from flights where cluster_id = $1 and is_open = 1",
  row: z.object({ id: z.number(), job_id: z.number(), started_at: z.number().nullable() }),
});
const LIST = storeStatement({
  text: "select job_id, started_at from flights where cluster_id = $1 order by id desc limit $2",
  row: z.object({ job_id: z.number(), started_at: z.number().nullable() }),
});
const TASKS = storeStatement({
  text: "select task_id, body, bytes, started_at, finished_at from flight_tasks where flight_id = $1 order by task_id",
  row: z
    .object({
      task_id: z.number(),
      body: json.pipe(flightTaskSchema.pick({ command: true, move: true, dependsOn: true })),
      bytes: z.number().nullable(),
      started_at: z.number().nullable(),
      finished_at: z.number().nullable(),
    })
    .transform(({ task_id, body, bytes, started_at, finished_at }) => {
      return { taskId: task_id, ...body, bytes, startedAt: started_at, finishedAt: finished_at };
    }),
});
const SAMPLES = storeStatement({
  text: `select s.at, s.task_id, s.status, s.phase, s.source_bytes, s.target_bytes, s.lag_bytes, s.retry_count, s.not_before, m.words, s.blocked_by
         from flight_samples s left join flight_messages m on m.flight_id = s.flight_id and m.number = s.message
         where s.flight_id = $1 order by s.at, s.task_id`,
  row: z
    .object({
      at: z.number(),
      task_id: z.number(),
      status: z.enum(TASK_STATES),
      phase: z.string().nullable(),
      source_bytes: z.number().nullable(),
      target_bytes: z.number().nullable(),
      lag_bytes: z.number().nullable(),
      retry_count: z.number(),
      not_before: z.number().nullable(),
      words: z.string().nullable(),
      blocked_by: z.string().nullable(),
    })
    .transform((row) => ({
      at: row.at,
      taskId: row.task_id,
      status: row.status,
      phase: row.phase,
      sourceBytes: row.source_bytes,
      targetBytes: row.target_bytes,
      lagBytes: row.lag_bytes,
      retryCount: row.retry_count,
      notBefore: row.not_before,
      message: row.words,
      blockedBy: row.blocked_by,
    })),
});
const SPANS = storeStatement({
  text: "select since, until from flight_spans where flight_id = $1 order by since",
  row: z
    .object({ since: z.number(), until: z.number() })
    .transform(({ since, until }): [number, number] => [since, until]),
});
const MESSAGE = storeStatement({
  text: "select number from flight_messages where flight_id = $1 and words = $2",
  row: z.object({ number: z.number() }),
});
const NEW_MESSAGE = storeStatement({
  text: `insert into flight_messages (flight_id, number, words)
         select cast($1 as bigint), coalesce(max(number), 0) + 1, $2 from flight_messages where flight_id = $1
         returning number`,
  row: z.object({ number: z.number() }),
});
/** The moves that were seen from start to end, the newest first. */
const TIMINGS = storeStatement({
  text: `select t.body, t.bytes, t.started_at, t.finished_at
         from flight_tasks t join flights f on f.id = t.flight_id
         where f.cluster_id = $1 and t.started_at is not null and t.finished_at is not null
           and exists (select 1 from flight_samples s where s.flight_id = t.flight_id and s.task_id = t.task_id and s.status = 'done')
         order by t.flight_id desc, t.finished_at desc limit $2`,
  row: z.object({
    body: json.pipe(flightTaskSchema.pick({ move: true })),
    bytes: z.number().nullable(),
    started_at: z.number(),
    finished_at: z.number(),
  }),
});

const big = (name: string) => ({ name, type: "bigint" as const });
const text = (name: string) => ({ name, type: "text" as const });
const TASK_TABLE = {
  name: "flight_tasks",
  columns: [big("flight_id"), big("task_id"), text("body"), big("bytes"), big("started_at"), big("finished_at")],
  onConflict: `(flight_id, task_id) do update
    set body = excluded.body, bytes = excluded.bytes, started_at = excluded.started_at, finished_at = excluded.finished_at`,
};
const SAMPLE_TABLE = {
  name: "flight_samples",
  columns: [
    ...[
      big("flight_id"),
      big("at"),
      big("task_id"),
      text("status"),
      text("phase"),
      big("source_bytes"),
      big("target_bytes"),
    ],
    ...[big("lag_bytes"), big("retry_count"), big("not_before"), big("message"), text("blocked_by")],
  ],
  onConflict: "(flight_id, at, task_id) do nothing",
};
const SPAN_TABLE = {
  name: "flight_spans",
  columns: [big("flight_id"), big("since"), big("until")],
  // What a former collector still sends comes late.
  onConflict: `(flight_id, since) do update
    set until = case when excluded.until > flight_spans.until then excluded.until else flight_spans.until end`,
};

/** The record of this very job. undefined: there is none. */
export async function findFlight(
  inside: Inside,
  clusterId: ClusterId,
  job: Pick<Job, "jobId" | "startedAt">,
): Promise<number | undefined> {
  const [found] = await inside.all(FIND, [clusterId, job.jobId]);
  if (!found) return undefined;
  const isSame = found.started_at === job.startedAt || (found.started_at === null && found.is_open === 1);
  return isSame ? found.id : undefined;
}

/** The newest record of a job of that number. */
export async function newestFlight(inside: Inside, clusterId: ClusterId, jobId: number): Promise<number | undefined> {
  return (await inside.all(FIND, [clusterId, jobId]))[0]?.id;
}

/** @throws Error for a step without a head: with it a record begins */
export async function createFlight(inside: Inside, clusterId: ClusterId, head: FlightHead | null): Promise<number> {
  if (!head) throw new Error("a record begins with its head");
  const { job } = head;
  const values = [clusterId, job.jobId, job.startedAt, isJobOpen(job) ? 1 : 0, JSON.stringify(head)];
  const [created] = await inside.all(CREATE, values);
  if (!created) throw new Error("the new flight has no number");
  return created.id;
}

/** Adds what one more look told. */
export async function addToFlight(inside: Inside, flightId: number, step: FlightStep): Promise<void> {
  if (step.head) await setHead(inside, flightId, step.head);
  await insertMany(
    inside,
    TASK_TABLE,
    step.tasks.map(({ taskId, command, move, dependsOn, bytes, startedAt, finishedAt }) => {
      return [flightId, taskId, JSON.stringify({ command, move, dependsOn }), bytes, startedAt, finishedAt];
    }),
  );
  const numbers = await numbersOf(inside, flightId, step);
  await insertMany(
    inside,
    SAMPLE_TABLE,
    step.samples.map((one) => {
      const message = one.message === null ? null : (numbers.get(one.message) ?? null);
      const bytes = [one.sourceBytes, one.targetBytes, one.lagBytes];
      return [
        flightId,
        one.at,
        one.taskId,
        one.status,
        one.phase,
        ...bytes,
        one.retryCount,
        one.notBefore,
        message,
        one.blockedBy,
      ];
    }),
  );
  if (step.watched) await insertMany(inside, SPAN_TABLE, [[flightId, ...step.watched]]);
}

/** A job that the cluster has no longer is not open either. */
export async function setHead(inside: Inside, flightId: number, head: FlightHead): Promise<void> {
  const isOpen = isJobOpen(head.job) && !head.isLost;
  await inside.all(SET_HEAD, [flightId, head.job.startedAt, isOpen ? 1 : 0, JSON.stringify(head)]);
}

async function numbersOf(inside: Inside, flightId: number, { samples }: FlightStep): Promise<Map<string, number>> {
  const numbers = new Map<string, number>();
  for (const words of new Set(samples.flatMap(({ message }) => message ?? []))) {
    const [known] = await inside.all(MESSAGE, [flightId, words]);
    const [made] = known ? [known] : await inside.all(NEW_MESSAGE, [flightId, words]);
    if (made) numbers.set(words, made.number);
  }
  return numbers;
}

export async function readFlight(inside: Inside, flightId: number): Promise<Flight | undefined> {
  const [found] = await inside.all(HEAD, [flightId]);
  if (!found) return undefined;
  const [tasks, samples, watched] = [
    await inside.all(TASKS, [flightId]),
    await inside.all(SAMPLES, [flightId]),
    await inside.all(SPANS, [flightId]),
  ];
  return { ...found.head, tasks, samples, watched };
}

export type OpenFlight = { id: number; jobId: number; startedAt: number | null };

/** Records whose last look found the job open. */
export async function openFlights(inside: Inside, clusterId: ClusterId): Promise<OpenFlight[]> {
  const rows = await inside.all(OPEN, [clusterId]);
  return rows.map(({ id, job_id, started_at }) => ({ id, jobId: job_id, startedAt: started_at }));
}

/** Which runs are on record, the newest first. */
export async function listFlights(inside: Inside, clusterId: ClusterId, limit: number) {
  const rows = await inside.all(LIST, [clusterId, limit]);
  return rows.map(({ job_id, started_at }) => ({ jobId: job_id, startedAt: started_at }));
}

/** What moves took on this cluster, by their transfer mode. */
export async function listTimings(inside: Inside, clusterId: ClusterId, limit: number): Promise<ModeTiming[]> {
  const rows = await inside.all(TIMINGS, [clusterId, limit]);
  return rows.flatMap(({ body, bytes, started_at, finished_at }) => {
    if (!body.move) return [];
    return [{ mode: body.move.mode, timing: { bytes, seconds: Math.max(0, finished_at - started_at) / 1000 } }];
  });
}
