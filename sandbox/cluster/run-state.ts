import { existsSync } from "node:fs";
import { copyTree, revertTree } from "../folders/copy.ts";
import { startPostgres, stopPostgres } from "../processes/postgres.ts";
import { waitUntil } from "../processes/wait.ts";
import { query } from "../query.ts";
import {
  dataDir,
  logFile,
  NODE_NAMES,
  PRIMARY_NAMES,
  type SandboxState,
  STANDBY_NAMES,
  STANDBY_OF,
  seededDir,
} from "../state.ts";
import type { SandboxNodeName } from "../types.ts";
import { startDaemon, stopDaemon } from "./daemon.ts";

export async function startNode(state: SandboxState, node: SandboxNodeName): Promise<void> {
  await startPostgres({
    bin: state.bin,
    account: state.account,
    dataDir: dataDir(state.dir, node),
    port: state.nodes[node].port,
    log: logFile(state.dir, node),
  });
}

/** Everything as it was after seeding. The first start of a sandbox is the same thing as a reset. */
export async function restore(state: SandboxState): Promise<void> {
  await stopEverything(state.dir);
  await Promise.all(NODE_NAMES.map((node) => restoreFolder(state.dir, node)));
  await wake(state);
}

/** Every process, on the folders as they are. */
export async function wake(state: SandboxState): Promise<void> {
  const running = state.standbys ? NODE_NAMES : PRIMARY_NAMES;
  await Promise.all(running.map((node) => startNode(state, node)));
  await startDaemon(state);
  // A real Citus starts its maintenance daemon with the first session of a database.
  await Promise.all(PRIMARY_NAMES.map((node) => query(state, "select 1", [], { node })));
  if (state.standbys) await Promise.all(STANDBY_NAMES.map((standby) => standbyStreams(state, standby)));
}

async function restoreFolder(dir: string, node: SandboxNodeName): Promise<void> {
  const [seeded, used] = [seededDir(dir, node), dataDir(dir, node)];
  if (!existsSync(seeded)) return; // a standby that this sandbox does without
  if (existsSync(used)) revertTree(seeded, used);
  else await copyTree(seeded, used);
}

async function standbyStreams(state: SandboxState, standby: keyof typeof STANDBY_OF): Promise<void> {
  const node = STANDBY_OF[standby];
  await waitUntil(`streaming to ${standby}`, async () => {
    const sql = "select 1 from pg_catalog.pg_stat_replication where application_name = $1 and state = 'streaming'";
    return (await query(state, sql, [standbyName(standby)], { node })).length > 0;
  });
}

/** `standbyWorker1` introduces itself as standby_of_worker1, and its slot has the same name. */
export const standbyName = (standby: keyof typeof STANDBY_OF) => `standby_of_${STANDBY_OF[standby].toLowerCase()}`;

/** Ends every process of a sandbox, running or frozen, whoever started it. */
export async function stopEverything(dir: string): Promise<void> {
  await stopDaemon(dir);
  const folders = NODE_NAMES.flatMap((node) => [dataDir(dir, node), seededDir(dir, node)]);
  await Promise.all(folders.map((folder) => stopPostgres(folder, "immediate")));
}
