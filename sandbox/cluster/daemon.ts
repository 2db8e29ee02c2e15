import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { commandLine, isAlive, signal } from "../processes/process-table.ts";
import { CHILD_ENV } from "../processes/run.ts";
import { waitUntil } from "../processes/wait.ts";
import { urlOf } from "../query.ts";
import { logFile, type SandboxState } from "../state.ts";

const PROGRAM = fileURLToPath(new URL("../stand-in/daemon.ts", import.meta.url));
const pidFile = (dir: string) => join(dir, "daemon.pid");

/** The stand-in's maintenance daemon, or null. Checked by command line: the number alone may belong to somebody else by now. */
function daemonPid(dir: string): number | null {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile(dir), "utf8"));
  } catch {
    return null; // never started
  }
  return pid > 1 && isAlive(pid) && commandLine(pid).includes(PROGRAM) ? pid : null;
}

/** Does nothing on a real Citus, which brings its own. */
export async function startDaemon(state: SandboxState): Promise<void> {
  if (state.engine === "citus" || daemonPid(state.dir) !== null) return;
  const file = logFile(state.dir, "daemon");
  const log = openSync(file, "w");
  const child = spawn(process.execPath, [PROGRAM, "--url", urlOf(state), "--pace", state.pace], {
    cwd: "/",
    detached: true,
    env: CHILD_ENV,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  writeFileSync(pidFile(state.dir), String(child.pid));
  let hasEnded = false;
  child.once("exit", () => {
    hasEnded = true;
  });
  child.once("error", () => {
    hasEnded = true;
  });
  child.unref();
  await waitUntil("the start of the stand-in's daemon", () => {
    const said = readFileSync(file, "utf8");
    if (hasEnded) throw new Error(`The stand-in's daemon ended:\n${said.trim()}`);
    return /^ready$/m.test(said);
  });
  child.removeAllListeners();
}

export async function stopDaemon(dir: string): Promise<void> {
  const pid = daemonPid(dir);
  if (pid !== null) {
    signal(pid, "SIGCONT");
    signal(pid, "SIGTERM");
    try {
      await waitUntil("the end of the stand-in's daemon", () => !isAlive(pid), 3_000);
    } catch {
      signal(pid, "SIGKILL"); // it holds nothing that outlives it
    }
  }
  rmSync(pidFile(dir), { force: true });
}

export function signalDaemon(dir: string, name: "SIGSTOP" | "SIGCONT"): void {
  const pid = daemonPid(dir);
  if (pid !== null) signal(pid, name);
}
