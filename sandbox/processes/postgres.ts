import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Account, spawnAs } from "./account.ts";
import { childrenOf, commandLine, isAlive, signal } from "./process-table.ts";
import { CHILD_ENV } from "./run.ts";
import { waitUntil } from "./wait.ts";

export type Server = { bin: string; account: Account | null; dataDir: string; port: number; log: string };

/** Told apart from other failures because it is cured by another port. */
export class PortTaken extends Error {}

/** Beside the data folder, not in it: written in the same moment as the process is made, so nobody can miss it. */
const pidFile = (dataDir: string) => `${dataDir}.pid`;

/**
 * The running postmaster of a data folder, or null. The command line is compared because after a hard stop the file
 * stays behind, and its number may by now belong to somebody else's process.
 */
export function postmasterPid(dataDir: string): number | null {
  if (!existsSync(pidFile(dataDir))) return null;
  const pid = Number(readFileSync(pidFile(dataDir), "utf8"));
  if (!(pid > 1) || !isAlive(pid)) return null;
  return commandLine(pid).includes(`-D ${dataDir} `) ? pid : null;
}

/** PostgreSQL writes into its own file when it takes connections, for pg_ctl; a standby too, once it can be read. */
function isReady(dataDir: string, pid: number | undefined): boolean {
  const file = join(dataDir, "postmaster.pid");
  if (!existsSync(file)) return false;
  const lines = readFileSync(file, "utf8").split("\n");
  return Number(lines[0]) === pid && (lines[7] ?? "").startsWith("ready");
}

/**
 * Starts one server and waits until it takes connections. It is put in a session of its own, so that Ctrl-C at the terminal
 * reaches only the program that owns the sandbox, which then ends the servers in order.
 */
export async function startPostgres(server: Server): Promise<void> {
  const { dataDir, port } = server;
  if (postmasterPid(dataDir) !== null) return;
  rmSync(join(dataDir, "postmaster.pid"), { force: true });
  const log = openSync(server.log, "a");
  const logStart = readFileSync(server.log, "utf8").length;
  const child = spawn(join(server.bin, "postgres"), ["-D", dataDir, "-c", `port=${port}`], {
    cwd: "/",
    detached: true,
    env: CHILD_ENV,
    stdio: ["ignore", log, log],
    ...spawnAs(server.account),
  });
  closeSync(log);
  writeFileSync(pidFile(dataDir), String(child.pid));
  let failure: Error | undefined;
  child.once("error", (cause) => {
    failure = cause;
  });
  child.once("exit", () => {
    failure = startFailure(port, readFileSync(server.log, "utf8").slice(logStart));
  });
  child.unref();
  await waitUntil(
    `the start of PostgreSQL on port ${port}`,
    () => {
      if (failure) throw failure;
      return isReady(dataDir, child.pid);
    },
    60_000,
  );
  child.removeAllListeners("exit");
}

function startFailure(port: number, said: string): Error {
  const text = `PostgreSQL did not start on port ${port}:\n${said.trim().split("\n").slice(-8).join("\n")}`;
  return said.includes("Address already in use") ? new PortTaken(text) : new Error(text);
}

/**
 * `immediate` cuts everybody off (what a lost machine looks like), `fast` writes a checkpoint first. Neither kills the
 * postmaster, because only its own end removes its shared memory.
 */
export async function stopPostgres(dataDir: string, how: "immediate" | "fast"): Promise<void> {
  const pid = postmasterPid(dataDir);
  if (pid === null) return;
  thawPostgres(dataDir);
  signal(pid, how === "immediate" ? "SIGQUIT" : "SIGINT");
  try {
    await waitUntil("the end of PostgreSQL", () => !isAlive(pid), how === "immediate" ? 15_000 : 60_000);
  } catch {
    for (const one of [pid, ...childrenOf(pid)]) signal(one, "SIGKILL");
    await waitUntil("the end of PostgreSQL after SIGKILL", () => !isAlive(pid));
  }
}

/** The postmaster first: it must not start a child while we look for its children. */
export function freezePostgres(dataDir: string): void {
  const pid = postmasterPid(dataDir);
  if (pid === null) return;
  signal(pid, "SIGSTOP");
  for (const child of childrenOf(pid)) signal(child, "SIGSTOP");
}

export function thawPostgres(dataDir: string): void {
  const pid = postmasterPid(dataDir);
  if (pid === null) return;
  for (const one of [...childrenOf(pid), pid]) signal(one, "SIGCONT");
}
