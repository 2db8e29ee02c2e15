import "server-only";
import { z } from "zod";
import { nodeActivitySchema } from "@/lib/domain/activity-fold";
import { nodeQuestion, sql, statement } from "@/server/pg/sql";

/**
 * A node's own processes, who waits there for whom, and what is prepared there: what the live screen is made of.
 *
 * citus_stat_activity says the same of all nodes at once, but opens a connection to each of them every time, waits for a
 * frozen one, and knows no time of a lock wait (docs/decisions has the measurements). pg_locks is read only where
 * somebody waits for a lock. pg_blocking_pids also names everybody who stands before in the queue, which grows with
 * the square of the queue: at most 20 blockers each, those who wait for nobody first, of the first 250 that wait. Of the
 * processes the first 5,000 are told, those at work before the idle ones. waitstart came with PostgreSQL 14.
 */
export const ownActivity = nodeQuestion({
  name: "activity.ownSessions",
  text: sql`
    with waiting as materialized (
      select a.pid from pg_catalog.pg_stat_activity a where a.wait_event_type = 'Lock'
    ), locks as materialized (
      select l.* from pg_catalog.pg_locks l where l.pid in (select w.pid from waiting w)
    ), wanted as materialized (
      select distinct on (l.pid) l.pid, l.locktype, l.mode, l.transactionid,
             (to_jsonb(l) ->> 'waitstart')::timestamptz as waitstart,
             -- Who waits for a row's transaction holds the row's tuple lock, and that one knows the table.
             coalesce(l.relation, (select t.relation from locks t
                                    where t.pid = l.pid and t.locktype = 'tuple' limit 1)) as relation,
             coalesce(l.database, (select t.database from locks t
                                    where t.pid = l.pid and t.locktype = 'tuple' limit 1)) as database
        from locks l
       where not l.granted
       order by l.pid
    )
    select json_build_object(
      'seesAll', (select pg_has_role(current_user, 'pg_read_all_stats', 'usage')),
      'total', (select count(*) from pg_catalog.pg_stat_activity),
      'backends', (
        select coalesce(json_agg(json_build_object(
          'pid', a.pid, 'leaderPid', nullif(a.leader_pid, a.pid), 'backendType', a.backend_type, 'state', a.state,
          'waitEventType', a.wait_event_type, 'waitEvent', a.wait_event, 'user', a.usename,
          'application', a.application_name, 'client', host(a.client_addr), 'database', a.datname,
          'transactionSeconds', extract(epoch from clock_timestamp() - a.xact_start)::float8,
          'querySeconds', extract(epoch from clock_timestamp() - a.query_start)::float8,
          'stateSeconds', extract(epoch from clock_timestamp() - a.state_change)::float8,
          'startedAt', round(extract(epoch from a.backend_start) * 1000)::float8,
          'queryStartedAt', round(extract(epoch from a.query_start) * 1000)::float8,
          'query', left(a.query, 4096),
          'queryCut', octet_length(a.query) >= least(4096, pg_size_bytes(current_setting('track_activity_query_size')) - 4)
        )), '[]')
          from (select s.* from pg_catalog.pg_stat_activity s
                 order by s.wait_event_type = 'Lock' desc nulls last, s.state = 'idle' nulls last, s.query_start
                 limit 5000) a),
      'waits', (
        select coalesce(json_agg(json_build_object(
          'pid', w.pid, 'blockerPid', b.pid, 'lockType', l.locktype, 'mode', l.mode,
          'waitSeconds', extract(epoch from clock_timestamp() - l.waitstart)::float8,
          'relation', case when l.database = (select d.oid from pg_catalog.pg_database d where d.datname = current_database())
                           then l.relation::regclass::text end,
          'gid', case when b.pid = 0 then (select p.gid from pg_catalog.pg_prepared_xacts p where p.transaction = l.transactionid) end
        )), '[]')
          from waiting w
          left join wanted l on l.pid = w.pid
         cross join lateral (
           select distinct blocker.pid, ahead.pid is not null as waits_too, ahead.waitstart
             from unnest(pg_blocking_pids(w.pid)) as blocker(pid)
             left join wanted ahead on ahead.pid = blocker.pid
            order by 2, 3, 1
            limit 20) b
         where w.pid in (select first.pid from waiting first order by first.pid limit 250)),
      'prepared', (
        select coalesce(json_agg(json_build_object(
          'gid', p.gid, 'owner', p.owner, 'database', p.database,
          'seconds', extract(epoch from clock_timestamp() - p.prepared)::float8)), '[]')
          from (select * from pg_catalog.pg_prepared_xacts order by prepared limit 5000) p)
    )::text as answer`,
  answer: nodeActivitySchema,
});

/**
 * Citus' own list of the sessions of all nodes, for "Read now". A node that does not answer has no row here and a WARNING
 * beside; a frozen one costs citus.node_connection_timeout. Ages are by the coordinator's clock.
 */
export const listSessions = statement({
  name: "activity.listSessions",
  access: "read",
  fanOut: "all-nodes",
  text: sql`
    select s.nodeid, nullif(s.global_pid, 0)::text as global_pid, s.pid,
           nullif(s.leader_pid, s.pid) as "leaderPid", s.backend_type as "backendType", s.state,
           s.wait_event_type as "waitEventType", s.wait_event as "waitEvent", s.usename::text as "user",
           s.application_name as application, host(s.client_addr) as client, s.datname::text as database,
           extract(epoch from clock_timestamp() - s.xact_start)::float8 as "transactionSeconds",
           extract(epoch from clock_timestamp() - s.query_start)::float8 as "querySeconds",
           extract(epoch from clock_timestamp() - s.state_change)::float8 as "stateSeconds",
           round(extract(epoch from s.backend_start) * 1000)::float8 as "startedAt",
           round(extract(epoch from s.query_start) * 1000)::float8 as "queryStartedAt",
           left(s.query, 4096) as query,
           octet_length(s.query) >= least(4096, pg_size_bytes(current_setting('track_activity_query_size')) - 4) as "queryCut"
      from pg_catalog.citus_stat_activity s
     order by s.nodeid, s.pid`,
  values: () => [],
  row: nodeActivitySchema.shape.backends.element.extend({
    nodeid: z.int(),
    global_pid: z.string().nullable(),
  }),
});

/**
 * Citus' own lock waits over all nodes, for "Read now". The view asks every node twice, one round after the other, so a
 * frozen worker would cost 4.1 s at the lane's 2 s; the first line halves the wait for this statement alone.
 */
export const listLockWaits = statement({
  name: "activity.listLockWaits",
  access: "read",
  fanOut: "all-nodes",
  text: sql`
    with impatient as materialized (select set_config('citus.node_connection_timeout', '1000', true))
    select w.waiting_gpid::text as waiting_gpid, w.blocking_gpid::text as blocking_gpid, w.waiting_nodeid
      from impatient
      join pg_catalog.citus_lock_waits w on true`,
  values: () => [],
  row: z.object({ waiting_gpid: z.string(), blocking_gpid: z.string(), waiting_nodeid: z.int() }),
});

/**
 * Whether the login may signal a session of that user: its own, those of roles it belongs to, and with
 * pg_signal_backend all but superusers'. Asked before, because the refusal otherwise comes only after the click.
 */
export const signalRights = statement({
  name: "activity.signalRights",
  access: "ops",
  fanOut: "none",
  text: sql`
    select me.rolname::text as login, me.rolsuper as is_superuser,
           pg_has_role(current_user, 'pg_signal_backend', 'usage') as has_signal_role,
           coalesce(them.rolsuper, false) as is_theirs_superuser,
           coalesce(pg_has_role(current_user, them.oid, 'usage'), false) as is_like_them
      from pg_catalog.pg_roles me
      left join pg_catalog.pg_roles them on them.rolname = $1::name
     where me.rolname = current_user`,
  values: ({ user }: { user: string }) => [user],
  row: z.object({
    login: z.string(),
    is_superuser: z.boolean(),
    has_signal_role: z.boolean(),
    is_theirs_superuser: z.boolean(),
    is_like_them: z.boolean(),
  }),
});

const signalled = z.object({ done: z.boolean() });

/** Cancels the session's statement, wherever in the cluster it was started. int8 is a global pid; int4 would be a process of the coordinator. */
export const cancelByGlobalPid = statement({
  name: "activity.cancel",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.pg_cancel_backend($1::int8) as done`,
  values: ({ globalPid }: { globalPid: string }) => [globalPid],
  row: signalled,
});

/** Ends the session, wherever in the cluster it was opened. */
export const terminateByGlobalPid = statement({
  name: "activity.terminate",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.pg_terminate_backend($1::int8) as done`,
  values: ({ globalPid }: { globalPid: string }) => [globalPid],
  row: signalled,
});

/** The same for a session of a coordinator that is not registered: Citus cannot look its number up, but the process is right here. */
export const cancelByPid = statement({
  name: "activity.cancelLocal",
  access: "ops",
  fanOut: "none",
  text: sql`select pg_catalog.pg_cancel_backend($1::int4) as done`,
  values: ({ pid }: { pid: number }) => [pid],
  row: signalled,
});

/** See cancelByPid. */
export const terminateByPid = statement({
  name: "activity.terminateLocal",
  access: "ops",
  fanOut: "none",
  text: sql`select pg_catalog.pg_terminate_backend($1::int4) as done`,
  values: ({ pid }: { pid: number }) => [pid],
  row: signalled,
});
