/** Functions that PUBLIC may not call and that a GRANT can open: Citus' own, and the one that makes a changed setting count. The same list stands in sql/roles.sql. */
export const GRANTABLE_FUNCTIONS = [
  "citus_add_inactive_node",
  "citus_add_secondary_node",
  "citus_disable_node",
  "citus_drain_node",
  "citus_pause_node_within_txn",
  "citus_remove_node",
  "citus_set_coordinator_host",
  "citus_set_node_property",
  "citus_stat_counters_reset",
  "citus_stat_statements_reset",
  "citus_update_node",
  "pg_reload_conf",
  "replicate_reference_tables",
] as const;

/** Settings that the operations login may change for the whole server, where PostgreSQL can give them away one by one. */
export const GRANTABLE_SETTINGS = [
  "citus.max_background_task_executors",
  "citus.max_background_task_executors_per_node",
] as const;

/** What the functions above write on the workers, as the login itself. */
export const WRITTEN_CATALOGS = [
  { table: "pg_catalog.pg_dist_node", privileges: ["insert", "update", "delete"] },
  { table: "pg_catalog.pg_dist_local_group", privileges: ["update"] },
  // A node that is removed takes its placements of reference tables out of every worker's list.
  { table: "pg_catalog.pg_dist_placement", privileges: ["delete"] },
] as const;

/** One right that a login lacks at one node. */
export type MissingGrant =
  | { kind: "membership"; role: string; because: string }
  | { kind: "function"; signature: string }
  | { kind: "schema"; schema: string }
  | { kind: "table"; table: string; privilege: string }
  | { kind: "setting"; name: string }
  | { kind: "superuser" };

const MEANINGS: Record<string, string> = {
  pg_monitor: "sees other people's sessions, sizes and replication",
  pg_signal_backend: "cancels and ends sessions",
};

export function missingMembership(role: string): MissingGrant {
  return {
    kind: "membership",
    role,
    because: MEANINGS[role] ?? "moves, rebalances and distributes the tables of that role",
  };
}

/** The statement that gives it, for a superuser to run where it is missing. */
export function missingGrantSql(missing: MissingGrant, login: string): string {
  const to = identifier(login);
  switch (missing.kind) {
    case "membership":
      return `GRANT ${identifier(missing.role)} TO ${to};`;
    case "function":
      return `GRANT EXECUTE ON FUNCTION pg_catalog.${missing.signature} TO ${to};`;
    case "schema":
      return `GRANT USAGE ON SCHEMA ${identifier(missing.schema)} TO ${to};`;
    case "table":
      return `GRANT ${missing.privilege.toUpperCase()} ON ${missing.table} TO ${to};`;
    case "setting":
      return `GRANT ALTER SYSTEM ON PARAMETER ${missing.name} TO ${to};`;
    case "superuser":
      return `ALTER ROLE ${to} SUPERUSER;`;
  }
}

/** What the login cannot do without it, for people. */
export function missingGrantWords(missing: MissingGrant): string {
  switch (missing.kind) {
    case "membership":
      return `is no member of ${missing.role} (${missing.because})`;
    case "function":
      return `may not call ${missing.signature}`;
    case "schema":
      return `may not enter the schema ${missing.schema}, and sees no size of any shard on this node because of it`;
    case "table":
      return `may not ${missing.privilege} ${missing.table}, which changes of nodes do on every worker`;
    case "setting":
      return `may not change ${missing.name}`;
    case "superuser":
      return "is no superuser, which adding and activating nodes needs";
  }
}

function identifier(name: string): string {
  return /^[a-z_][a-z0-9_$]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
