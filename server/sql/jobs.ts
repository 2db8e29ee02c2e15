import "server-only";
import { z } from "zod";
import { JOB_STATES, TASK_STATES } from "@/lib/domain/job";
import { int8, timestamp } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

/**
 * The newest background jobs. From the plain catalogs, which exist since 11.1 and answer while workers are down; the
 * status functions ask workers and know the newest job only. Citus never purges jobs, hence the limit.
 */
export const listJobs = statement({
  name: "jobs.list",
  access: "read",
  fanOut: "none",
  text: sql`
    select j.job_id, j.state::text as state, j.job_type::text as job_type, j.description, j.started_at, j.finished_at
      from pg_catalog.pg_dist_background_job j
     order by j.job_id desc
     limit 50`,
  values: () => [],
  row: z.object({
    job_id: int8,
    state: z.enum(JOB_STATES),
    job_type: z.string(),
    description: z.string(),
    started_at: timestamp.nullable(),
    finished_at: timestamp.nullable(),
  }),
});

/**
 * Of each of these jobs: its tasks by state, its moves, their mode, and why a task was given up. One row per job that has
 * tasks. Asked for jobs that are not over, and once for each that is.
 */
export const summariseJobs = statement({
  name: "jobs.summarise",
  access: "read",
  fanOut: "none",
  text: sql`
    select t.job_id,
           (select json_object_agg(c.status, c.tasks)
              from (select status::text, count(*) as tasks from pg_catalog.pg_dist_background_task where job_id = t.job_id group by status) c)::text as counts,
           count(*) filter (where t.is_move) as moves,
           count(*) filter (where t.is_move and t.status = 'done') as moves_done,
           max(t.mode) filter (where t.is_move) as mode,
           (array_agg(t.message order by t.task_id) filter (where t.status = 'error'))[1] as failure
      from (select job_id, task_id, status::text as status, message,
                   position('citus_move_shard_placement(' in command) > 0 as is_move,
                   substring(command from '''([a-z_]+)''\)$') as mode
              from pg_catalog.pg_dist_background_task
             where job_id = any ($1::int8[])) t
     group by t.job_id`,
  values: ({ jobIds }: { jobIds: readonly number[] }) => [jobIds],
  row: z.object({
    job_id: int8,
    counts: z.string().transform((text) => z.partialRecord(z.enum(TASK_STATES), z.int()).parse(JSON.parse(text))),
    moves: int8,
    moves_done: int8,
    mode: z.string().nullable(),
    failure: z.string().nullable(),
  }),
});

/** Every task of a job with the tasks it waits for. Columns that came after 11.1 are not read. */
export const listTasks = statement({
  name: "jobs.listTasks",
  access: "read",
  fanOut: "none",
  text: sql`
    select t.task_id, t.status::text as status, t.pid, t.command, coalesce(t.retry_count, 0) as retry_count,
           case when t.not_before > clock_timestamp() - interval '1 hour' then t.not_before end as not_before,
           nullif(btrim(t.message, E' \n'), '') as message,
           coalesce((select array_agg(d.depends_on::text order by d.depends_on)
                       from pg_catalog.pg_dist_background_task_depend d
                      where d.job_id = t.job_id and d.task_id = t.task_id), '{}') as depends_on
      from pg_catalog.pg_dist_background_task t
     where t.job_id = $1::int8
     order by t.task_id`,
  values: ({ jobId }: { jobId: number }) => [jobId],
  row: z.object({
    task_id: int8,
    status: z.enum(TASK_STATES),
    pid: z.int().nullable(),
    command: z.string(),
    retry_count: z.int(),
    not_before: timestamp.nullable(),
    message: z.string().nullable(),
    depends_on: z.array(int8),
  }),
});

/**
 * What paces a job: the live settings, the coordinator's clock, and whether the process that hands out tasks is there. Its
 * name is visible to pg_monitor only, so for any other login its absence says nothing. Settings a version lacks are null.
 */
export const readPulse = statement({
  name: "jobs.pulse",
  access: "read",
  fanOut: "none",
  text: sql`
    select clock_timestamp() as clock,
           current_setting('citus.max_background_task_executors', true)::int as executors,
           current_setting('citus.max_background_task_executors_per_node', true)::int as executors_per_node,
           (select setting::int8 from pg_catalog.pg_settings where name = 'citus.background_task_queue_interval') as queue_interval_ms,
           case when pg_has_role(current_user, 'pg_read_all_stats', 'usage') then
             exists (select from pg_catalog.pg_stat_activity
                      where datname = current_database() and application_name = 'citus background task queue monitor') end as monitor_alive`,
  values: () => [],
  row: z.object({
    clock: timestamp,
    executors: z.int().nullable(),
    executors_per_node: z.int().nullable(),
    queue_interval_ms: int8.nullable(),
    monitor_alive: z.boolean().nullable(),
  }),
});

/**
 * The moves that run now, one row per shard. Citus measures the shards on the nodes for it, so it is an error when one of
 * them does not answer, and slow when one hangs. A login without pg_monitor gets no rows. The lag is how far the target's
 * subscription is behind the source. Read through JSON, because the columns of lag and phase came with 11.2.
 */
export const readProgress = statement({
  name: "jobs.progress",
  access: "read",
  fanOut: "all-nodes",
  text: sql`
    select p.sessionid, p.shardid, p.sourcename || ':' || p.sourceport as source, p.targetname || ':' || p.targetport as target,
           p.progress, p.source_shard_size as source_bytes, p.target_shard_size as target_bytes,
           coalesce(p.operation_type, 'move') as operation, to_jsonb(p) ->> 'status' as phase,
           greatest(((to_jsonb(p) ->> 'source_lsn')::pg_lsn - (to_jsonb(p) ->> 'target_lsn')::pg_lsn)::int8, 0) as lag_bytes
      from pg_catalog.get_rebalance_progress() p`,
  values: () => [],
  row: z.object({
    sessionid: z.int(),
    shardid: int8,
    source: z.string(),
    target: z.string(),
    progress: int8,
    source_bytes: int8.nullable(),
    target_bytes: int8.nullable(),
    operation: z.string(),
    phase: z.string().nullable(),
    lag_bytes: int8.nullable(),
  }),
});
