import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Account } from "./processes/account.ts";
import type { EngineName, SandboxNode, SandboxNodeName } from "./types.ts";

/** Everything another process needs to use the sandbox. Process ids are not in it: they change, the pid files know them. */
export type SandboxState = {
  dir: string;
  engine: EngineName;
  engineVersion: string;
  postgresVersion: string;
  database: string;
  pace: "test" | "demo";
  standbys: boolean;
  /** Folder of `postgres` and `initdb`. */
  bin: string;
  account: Account | null;
  nodes: Record<SandboxNodeName, SandboxNode>;
};

export const NODE_NAMES: readonly SandboxNodeName[] = [
  "coordinator",
  "worker1",
  "worker2",
  "worker3",
  "spare",
  "standbyCoordinator",
  "standbyWorker1",
];
export const PRIMARY_NAMES: readonly SandboxNodeName[] = ["coordinator", "worker1", "worker2", "worker3", "spare"];
export const STANDBY_OF = { standbyCoordinator: "coordinator", standbyWorker1: "worker1" } as const;
export const STANDBY_NAMES = Object.keys(STANDBY_OF) as (keyof typeof STANDBY_OF)[];

export const stateFile = (dir: string) => join(dir, "state.json");
/** The data folder a node runs on. */
export const dataDir = (dir: string, node: SandboxNodeName) => join(dir, "nodes", node);
/** The same folder as it was after seeding; `reset` copies it back. */
export const seededDir = (dir: string, node: SandboxNodeName) => join(dir, "seeded", node);
export const logFile = (dir: string, name: SandboxNodeName | "daemon") => join(dir, "logs", `${name}.log`);

/** The same, but it stays when the sandbox ends: what is needed to start again from the folders. */
const keptFile = (dir: string) => join(dir, "kept.json");

/** Whole or not at all: somebody may be waiting for the file to appear. */
export function writeState(state: SandboxState): void {
  for (const file of [keptFile(state.dir), stateFile(state.dir)]) {
    const draft = `${file}.draft`;
    writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
    renameSync(draft, file);
  }
}

/** What an earlier sandbox left in a folder. null: nothing that could be started again. */
export function keptState(dir: string): SandboxState | null {
  return existsSync(keptFile(dir)) ? readState(keptFile(dir)) : null;
}

export function readState(file: string): SandboxState {
  return JSON.parse(readFileSync(file, "utf8")) as SandboxState;
}

export function removeState(dir: string): void {
  rmSync(stateFile(dir), { force: true });
}
