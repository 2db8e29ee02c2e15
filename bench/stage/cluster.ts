import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import pg from "pg";
import { connectSandbox } from "../../sandbox/connect.ts";
import { consoleVariables } from "../../sandbox/console-variables.ts";
import { startSandbox } from "../../sandbox/start.ts";
import type { EngineName, Sandbox } from "../../sandbox/types.ts";

/** The cluster that is measured: one that was made for it, or the one that BENCH_CLUSTER_URL names. */
export type Cluster = {
  engine: EngineName;
  /** As people read it. */
  version: string;
  shards: number;
  /** Of all shards on all primaries: each has a size of its own. */
  placements: number;
  /** A superuser at the coordinator. */
  ownerUrl: string;
  /** The environment of a console on it. */
  variables: Record<string, string>;
  /** Where it is a sandbox of this machine: its processes can be stopped, frozen and pinned. */
  sandbox: Sandbox | null;
  query: <T>(sql: string, values?: unknown[]) => Promise<T[]>;
  dispose: () => Promise<void>;
};

export async function openCluster(shards: number): Promise<Cluster> {
  const given = process.env.BENCH_CLUSTER_URL;
  if (given) return clusterAt(given, await sandboxBehind(given), async () => {});
  const seed = { shards, shape: "alone" as const };
  const sandbox = await startSandbox({ engine: "stand-in", standbys: false, pace: "test", seed });
  return clusterAt(sandbox.url("owner"), sandbox, () => sandbox.dispose());
}

/** One that runs already; whoever started it ends it. */
export function clusterOf(sandbox: Sandbox): Promise<Cluster> {
  return clusterAt(sandbox.url("owner"), sandbox, async () => {});
}

async function clusterAt(ownerUrl: string, sandbox: Sandbox | null, dispose: () => Promise<void>): Promise<Cluster> {
  const query: Cluster["query"] = (sql, values) => ask(ownerUrl, sql, values);
  const [about] = await query<{ version: string; postgres: string; shards: number; placements: number }>(
    `select pg_catalog.citus_version() as version, current_setting('server_version') as postgres,
            (select count(*)::int from pg_catalog.pg_dist_shard) as shards,
            (select count(*)::int from pg_catalog.pg_dist_placement join pg_catalog.pg_dist_node n using (groupid)
              where n.noderole = 'primary') as placements`,
  );
  if (!about) throw new Error("The cluster did not say what it is.");
  const isReal = !about.version.includes("stand-in");
  const version = `${/Citus (\S+)/.exec(about.version)?.[1]} (${isReal ? "citus" : "stand-in"}), PostgreSQL ${about.postgres.split(" ")[0]}`;
  const engine: EngineName = isReal ? "citus" : "stand-in";
  const variables = sandbox ? consoleVariables(sandbox) : variablesOf(ownerUrl);
  const { shards, placements } = about;
  return { engine, version, shards, placements, ownerUrl, variables, sandbox, query, dispose };
}

/** A cluster on this machine whose coordinator runs in a sandbox' folder is that sandbox. */
async function sandboxBehind(url: string): Promise<Sandbox | null> {
  const [row] = await ask<{ folder: string }>(url, "select current_setting('data_directory') as folder");
  const stateFile = join(dirname(dirname(row?.folder ?? "/")), "state.json");
  if (!existsSync(stateFile)) return null;
  const sandbox = connectSandbox(stateFile);
  return sandbox.nodes.coordinator.port === Number(new URL(url).port) ? sandbox : null;
}

function variablesOf(url: string): Record<string, string> {
  const readUrl = process.env.BENCH_READ_URL;
  return {
    CITUS_URL: process.env.BENCH_OPS_URL ?? url,
    CITUS_ADMIN_URL: url,
    ...(readUrl ? { CITUS_READ_URL: readUrl } : { CITUS_ALLOW_SUPERUSER_READ: "true" }),
    ...(new URL(url).password === "" && { CITUS_NO_PASSWORD: "true" }),
  };
}

async function ask<T>(connectionString: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString, application_name: "bench" });
  client.on("error", () => {}); // the pending query already rejects
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as T[];
  } finally {
    await client.end();
  }
}
