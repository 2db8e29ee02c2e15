import "server-only";

/** One step forward. There are no steps back: an older console refuses a newer database. */
export type Migration = {
  version: number;
  title: string;
  statements: readonly string[];
  /** What only one of the two databases understands, or says differently. */
  only?: { sqlite?: readonly string[]; postgres?: readonly string[] };
};

/** The console's own tables. Times are epoch milliseconds, booleans 0 and 1; tokens and passwords are kept as hashes only. */
export const STATE_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    title: "people, sessions, runs, audit, replicas",
    statements: [
      // issuer: "local", "proxy", or an OpenID provider; together with subject it is who somebody is.
      `create table people (
         id text primary key, issuer text not null, subject text not null, name text not null,
         password_hash text, is_disabled bigint not null default 0, created_at bigint not null,
         unique (issuer, subject))`,
      // cluster_id "*": every cluster.
      `create table roles (
         person_id text not null references people (id) on delete cascade, cluster_id text not null, role text not null,
         primary key (person_id, cluster_id))`,
      `create table sessions (
         cookie_hash text primary key, id text not null unique, person_id text not null references people (id) on delete cascade,
         signed_in_by text not null, from_address text not null, browser text not null,
         created_at bigint not null, seen_at bigint not null, proven_at bigint not null, ended_at bigint, ended_because text)`,
      `create index sessions_of_person on sessions (person_id)`,
      // purpose: first-admin, sign-in (the demo's), invitation, new-password.
      `create table links (
         token_hash text primary key, purpose text not null, person_id text references people (id) on delete cascade,
         created_at bigint not null, expires_at bigint not null, used_at bigint)`,
      `create table guesses (subject text primary key, failures bigint not null, last_at bigint not null, blocked_until bigint not null)`,
      // id is the action id that the browser made; body is the run as the topic shows it; recall is what another process needs
      // to find out how it ended; instance is the process that follows it ("": none).
      `create table runs (
         id text primary key, cluster_id text not null, change text not null, subject text not null,
         actor_id text not null, actor_name text not null, state text not null, instance text not null,
         started_at bigint not null, finished_at bigint, job_id bigint, body text not null, recall text not null)`,
      `create index runs_of_cluster on runs (cluster_id, started_at)`,
      // What a run keeps others from changing until it ends.
      `create table claims (
         run_id text not null references runs (id), cluster_id text not null, object text not null, mode text not null,
         primary key (run_id, object))`,
      `create index claims_of_cluster on claims (cluster_id)`,
      `create table audit (
         seq bigint primary key, at bigint not null, kind text not null, cluster_id text, actor_id text, run_id text,
         body text not null, prev text not null, hash text not null)`,
      `create index audit_of_run on audit (run_id)`,
      // Who may do what only one console process may: collecting, being alive.
      `create table leases (name text primary key, holder text not null, epoch bigint not null, expires_at bigint not null)`,
      // What the collecting console read last, for the others. All times are by this database's clock.
      `create table snapshots (
         cluster_id text not null, topic text not null, version text not null, body text not null, took_ms bigint,
         read_at bigint, begun_at bigint not null, failing_since bigint, primary key (cluster_id, topic))`,
      // What the others' viewers look at, and since when they want it read anew.
      `create table interests (
         cluster_id text not null, topic text not null, until bigint not null, refresh_at bigint not null,
         is_thorough bigint not null, primary key (cluster_id, topic))`,
      // Which PostgreSQL a cluster was, so that another one behind the same address is noticed.
      `create table identities (cluster_id text primary key, system_identifier text not null, timeline bigint not null, seen_at bigint not null)`,
      `create table settings (name text primary key, value text not null)`,
    ],
    only: {
      sqlite: [
        `create trigger audit_is_only_added_to before update on audit begin select raise(abort, 'the audit is append-only'); end`,
        `create trigger audit_is_never_removed before delete on audit begin select raise(abort, 'the audit is append-only'); end`,
      ],
      postgres: [
        // Worth nothing after a crash of the server, and written every second: no journal.
        "alter table snapshots set unlogged",
        "alter table interests set unlogged",
        // SQLite has it from the process. clock_timestamp, because now() stands still inside a transaction.
        `create function now_ms() returns bigint language sql volatile as
           $$ select (extract(epoch from clock_timestamp()) * 1000)::bigint $$`,
        `create function audit_is_append_only() returns trigger language plpgsql as
           $$ begin raise exception 'the audit is append-only'; end $$`,
        `create trigger audit_is_only_added_to before update or delete or truncate on audit
           for each statement execute function audit_is_append_only()`,
      ],
    },
  },
  {
    version: 2,
    title: "flights: the records of runs",
    statements: [
      // One run of moves. started_at: by the coordinator's clock; it tells apart jobs of one number after a cluster was made anew.
      `create table flights (
         id bigint primary key, cluster_id text not null, job_id bigint not null, started_at bigint, is_open bigint not null,
         head text not null)`,
      "create index flights_of_cluster on flights (cluster_id, job_id)",
      `create table flight_tasks (
         flight_id bigint not null references flights (id), task_id bigint not null, body text not null,
         bytes bigint, started_at bigint, finished_at bigint, primary key (flight_id, task_id))`,
      // Only what is new is added: a task that stands as it stood has no further row.
      `create table flight_samples (
         flight_id bigint not null references flights (id), at bigint not null, task_id bigint not null, status text not null,
         phase text, source_bytes bigint, target_bytes bigint, lag_bytes bigint, retry_count bigint not null, not_before bigint,
         message bigint, blocked_by text, primary key (flight_id, at, task_id))`,
      // The words of errors, each once.
      `create table flight_messages (
         flight_id bigint not null references flights (id), number bigint not null, words text not null,
         primary key (flight_id, number))`,
      // Spans in which the run was looked at without a break.
      `create table flight_spans (
         flight_id bigint not null references flights (id), since bigint not null, until bigint not null,
         primary key (flight_id, since))`,
    ],
  },
  {
    version: 3,
    title: "brakes of runs",
    statements: [
      // Of a cluster, for every run until they are taken off: limits, window, who set them, and what tripped last.
      "create table brakes (cluster_id text primary key, body text not null)",
    ],
  },
];
