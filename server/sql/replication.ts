import "server-only";
import { nodeReplicationSchema } from "@/lib/domain/replication-fold";
import { nodeQuestion, sql } from "@/server/pg/sql";

/**
 * A primary's WAL position with the node's own time, who receives its WAL, and its slots. pg_stat_replication shows only
 * the connections of the node it is read on, so each primary is asked. The position is read first: one read after the
 * standbys' would make an idle standby look a few bytes behind. Positions travel as bytes from the beginning, which a
 * JavaScript number holds exactly up to 8 PB. inactive_since came with PostgreSQL 17.
 */
export const ownReplication = nodeQuestion({
  name: "replication.own",
  text: sql`
    with wal as materialized (
      select case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end as lsn,
             clock_timestamp() as at
    )
    select json_build_object(
      'at', (select round(extract(epoch from wal.at) * 1000)::float8 from wal),
      'currentLsn', (select wal.lsn::text from wal),
      'currentAt', (select wal.lsn - '0/0'::pg_lsn from wal),
      'slotLimitBytes', (select nullif(greatest(pg_size_bytes(current_setting('max_slot_wal_keep_size')), -1), -1)),
      'receivers', (
        select coalesce(json_agg(json_build_object(
          'pid', r.pid, 'name', r.application_name, 'user', r.usename, 'client', host(r.client_addr), 'state', r.state,
          'syncState', r.sync_state, 'slot', s.slot_name, 'slotKind', s.slot_type,
          'writeSeconds', extract(epoch from r.write_lag)::float8, 'flushSeconds', extract(epoch from r.flush_lag)::float8,
          'replaySeconds', extract(epoch from r.replay_lag)::float8,
          'sentLsn', r.sent_lsn, 'replayLsn', r.replay_lsn,
          'sentAt', r.sent_lsn - '0/0'::pg_lsn, 'writtenAt', r.write_lsn - '0/0'::pg_lsn,
          'flushedAt', r.flush_lsn - '0/0'::pg_lsn, 'replayedAt', r.replay_lsn - '0/0'::pg_lsn
        ) order by r.application_name, r.pid), '[]')
          from wal, pg_catalog.pg_stat_replication r
          left join pg_catalog.pg_replication_slots s on s.active_pid = r.pid),
      'slots', (
        select coalesce(json_agg(json_build_object(
          'name', s.slot_name, 'kind', s.slot_type, 'database', s.database, 'isActive', s.active,
          'isTemporary', s.temporary, 'restartAt', s.restart_lsn - '0/0'::pg_lsn, 'walStatus', s.wal_status,
          'inactiveSeconds', extract(epoch from clock_timestamp() - (to_jsonb(s) ->> 'inactive_since')::timestamptz)::float8
        ) order by s.slot_name), '[]') from pg_catalog.pg_replication_slots s)
    )::text as answer`,
  answer: nodeReplicationSchema,
});
