import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Engine } from "../engines/engine.ts";
import { copyTree, removeTree } from "../folders/copy.ts";
import type { Account } from "../processes/account.ts";
import { chooseFreePorts } from "../processes/ports.ts";
import { PortTaken, startPostgres, stopPostgres } from "../processes/postgres.ts";
import { query } from "../query.ts";
import { FLEET_WORKER_SETTINGS } from "../scale/fleet.ts";
import { scaleSettings } from "../scale/settings.ts";
import { sowScale } from "../scale/sow.ts";
import { sowSample } from "../seed/sow.ts";
import {
  logFile,
  NODE_NAMES,
  PRIMARY_NAMES,
  type SandboxState,
  STANDBY_NAMES,
  STANDBY_OF,
  seededDir,
} from "../state.ts";
import type { SandboxOptions } from "../types.ts";
import { DATABASE, LOGIN_ROLES, makeFirstFolder } from "./first-folder.ts";
import { grantLogins } from "./grant-logins.ts";
import { nodesOn } from "./nodes.ts";
import { standbyName } from "./run-state.ts";
import { appendSettings } from "./settings.ts";

/**
 * Makes the data folders of a seeded cluster, all of them cleanly shut down: from there every start is a copy. Returns what
 * is to be known about it.
 */
export async function build(
  dir: string,
  engine: Engine,
  account: Account | null,
  options: SandboxOptions,
): Promise<SandboxState> {
  makeFolders(dir, account);
  const bin = await engine.install(dir, account);
  const scale = typeof options.seed === "object" ? options.seed : null;
  const first = join(dir, "seeded", "first");
  await makeFirstFolder(first, bin, account, { ...engine.settings(dir), ...(scale && scaleSettings(scale)) });
  await Promise.all(PRIMARY_NAMES.map((node) => copyTree(first, seededDir(dir, node))));
  await removeTree(first);
  if (scale?.nodes !== undefined) {
    for (const node of ["worker1", "worker2", "worker3"] as const)
      appendSettings(seededDir(dir, node), FLEET_WORKER_SETTINGS);
  }

  const draft: SandboxState = {
    dir,
    engine: engine.name,
    engineVersion: "",
    postgresVersion: "",
    database: DATABASE,
    pace: options.pace ?? "test",
    standbys: options.standbys ?? true,
    bin,
    account,
    nodes: nodesOn(NODE_NAMES.map(() => 0)),
  };
  const state = await startOnFreePorts(draft);
  await formCluster(state);
  if (options.seed !== "none") await sowSample(state);
  if (scale) await sowScale(state, scale);
  await grantLogins(state);
  const versions = await readVersions(state);
  await reserveSlots(state);
  await Promise.all(PRIMARY_NAMES.map((node) => stopPostgres(seededDir(dir, node), "fast")));
  const standbys = scale && !state.standbys ? [] : STANDBY_NAMES;
  await Promise.all(standbys.map((standby) => makeStandby(state, standby)));
  return { ...state, ...versions };
}

function makeFolders(dir: string, account: Account | null): void {
  for (const name of ["seeded", "nodes", "logs"]) {
    mkdirSync(join(dir, name));
    if (account) chownSync(join(dir, name), account.uid, account.gid);
  }
}

/** Between choosing a port and listening on it somebody else may take it. */
async function startOnFreePorts(draft: SandboxState, attempts = 5): Promise<SandboxState> {
  const { dir, bin, account } = draft;
  const state = { ...draft, nodes: nodesOn(await chooseFreePorts(NODE_NAMES.length)) };
  const server = (node: (typeof PRIMARY_NAMES)[number]) =>
    startPostgres({
      bin,
      account,
      dataDir: seededDir(dir, node),
      port: state.nodes[node].port,
      log: logFile(dir, node),
    });
  const failure = (await Promise.allSettled(PRIMARY_NAMES.map(server))).find((result) => result.status === "rejected");
  if (!failure) return state;
  await Promise.all(PRIMARY_NAMES.map((node) => stopPostgres(seededDir(dir, node), "immediate")));
  if (failure.reason instanceof PortTaken && attempts > 1) return startOnFreePorts(draft, attempts - 1);
  throw failure.reason;
}

/** The extension on each node (after copying: each node has an identity of its own), then the members one by one. */
async function formCluster(state: SandboxState): Promise<void> {
  const ask = (sql: string, values: unknown[] = [], node = PRIMARY_NAMES[0]) =>
    query(state, sql, values, node ? { node } : {});
  await Promise.all(PRIMARY_NAMES.map((node) => ask("create extension citus", [], node)));
  const { coordinator, worker1, worker2, worker3 } = state.nodes;
  await ask("select pg_catalog.citus_set_coordinator_host($1, $2)", [coordinator.host, coordinator.port]);
  for (const worker of [worker1, worker2, worker3]) {
    await ask("select pg_catalog.citus_add_node($1, $2)", [worker.host, worker.port]);
  }
}

async function readVersions(state: SandboxState): Promise<Pick<SandboxState, "engineVersion" | "postgresVersion">> {
  const sql = "select pg_catalog.citus_version() as citus, pg_catalog.current_setting('server_version') as postgres";
  const [row] = await query<{ citus: string; postgres: string }>(state, sql);
  if (!row) throw new Error("the coordinator did not say its version");
  return {
    engineVersion: /Citus (\S+)/.exec(row.citus)?.[1] ?? row.citus,
    postgresVersion: row.postgres.split(" ")[0] ?? "",
  };
}

/** The slots must exist before the primaries are copied, or their WAL could be recycled before the standbys ask for it. */
async function reserveSlots(state: SandboxState): Promise<void> {
  const sql = "select pg_catalog.pg_create_physical_replication_slot($1, true)";
  await Promise.all(
    STANDBY_NAMES.map((standby) => query(state, sql, [standbyName(standby)], { node: STANDBY_OF[standby] })),
  );
}

/** A primary that was shut down cleanly is its own base backup: no pg_basebackup needed, which the packaged binaries lack. */
async function makeStandby(state: SandboxState, standby: keyof typeof STANDBY_OF): Promise<void> {
  const primary = STANDBY_OF[standby];
  const target = seededDir(state.dir, standby);
  await copyTree(seededDir(state.dir, primary), target);
  await removeTree(join(target, "pg_replslot", standbyName(standby)));
  const { host, port } = state.nodes[primary];
  const name = standbyName(standby);
  appendSettings(target, {
    primary_conninfo: `host=${host} port=${port} user=${LOGIN_ROLES.owner} application_name=${name} sslmode=disable`,
    primary_slot_name: name,
    cluster_name: name,
  });
  writeFileSync(join(target, "standby.signal"), "");
}
