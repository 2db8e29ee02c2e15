import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { postmasterPid } from "../../sandbox/processes/postgres.ts";
import { childrenOf, commandLine } from "../../sandbox/processes/process-table.ts";
import { dataDir, NODE_NAMES } from "../../sandbox/state.ts";
import { median } from "../figures.ts";
import type { Cluster } from "./cluster.ts";

/** A process with all that it started. */
export function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(familyOf)];
}

/** Megabytes of a process and its children in memory: the median of some looks, because a garbage collector breathes. */
export async function memoryOf(pid: number, looks = 9): Promise<number> {
  const seen: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    seen.push(familyOf(pid).reduce((sum, one) => sum + residentMegabytes(one), 0));
    await wait(400);
  }
  return median(seen);
}

function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024;
  } catch {
    return 0; // it has just ended
  }
}

/** The postmasters of a cluster whose processes run here; empty where they do not. */
export function postmastersOf({ sandbox }: Cluster): number[] {
  if (!sandbox) return [];
  return NODE_NAMES.map((node) => postmasterPid(dataDir(sandbox.dir, node))).filter((pid) => pid !== null);
}

/** Keeps processes, with what they have started so far, to one core; what they start from now on inherits it. */
export function pin(pids: readonly number[], core: number): void {
  for (const pid of pids.flatMap(familyOf)) {
    const { status, error } = spawnSync("taskset", ["-a", "-c", "-p", String(core), String(pid)], { stdio: "ignore" });
    if (error) throw new Error(`taskset is needed to keep processes to a core: ${error.message}`);
    if (status !== 0 && commandLine(pid) !== "") throw new Error(`Process ${pid} could not be kept to core ${core}.`);
  }
}

export function unpin(pids: readonly number[], cores: number): void {
  for (const pid of pids.flatMap(familyOf)) {
    spawnSync("taskset", ["-a", "-c", "-p", `0-${cores - 1}`, String(pid)], { stdio: "ignore" });
  }
}
