import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { allCommandLines } from "./processes/process-table";
import { waitUntil } from "./processes/wait";
import { startSandbox } from "./start";

const CLI = fileURLToPath(new URL("./cli.ts", import.meta.url));
vi.setConfig({ testTimeout: 120_000 }); // whole clusters are started here, on machines that may be busy
const scratch: string[] = [];
const owners: ChildProcess[] = [];

afterEach(() => {
  for (const owner of owners.splice(0)) owner.kill("SIGKILL");
  for (const dir of scratch.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function scratchFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), "sandbox-test-"));
  scratch.push(dir);
  return dir;
}

/** Another program's sandbox, without sample data and standbys: what is tested is how it ends. */
async function startElsewhere(...more: string[]): Promise<{ owner: ChildProcess; dir: string }> {
  const owner = spawn(process.execPath, [CLI, "--seed", "none", "--no-standbys", "--pace", "test", ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  owners.push(owner);
  let said = "";
  owner.stdout?.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  await waitUntil("the start of the sandbox", () => said.includes("Ctrl-C stops it."), 60_000);
  const state = /^\s*state\s+(\S+)$/m.exec(said)?.[1];
  if (!state) throw new Error(`no state file in: ${said}`);
  return { owner, dir: dirname(state) };
}

/** Every process that was started for this folder: the servers, the stand-in's daemon, the guardian. */
function processesOf(dir: string): string[] {
  return allCommandLines().filter((line) => line.includes(dir));
}

test("a running sandbox keeps its folder to itself, and Ctrl-C leaves no process and no folder", async () => {
  const { owner, dir } = await startElsewhere();
  expect(processesOf(dir).length).toBeGreaterThanOrEqual(6);
  await expect(startSandbox({ dir })).rejects.toThrow(`process ${owner.pid}`);
  expect(existsSync(join(dir, "state.json"))).toBe(true);

  owner.kill("SIGINT");
  expect(await once(owner, "exit")).toEqual([0, null]);
  expect(processesOf(dir)).toEqual([]);
  expect(existsSync(dir)).toBe(false);
});

test("an owner that is killed outright leaves no process; a folder the caller named stays and can be used again", async () => {
  const dir = scratchFolder();
  const killed = await startElsewhere("--dir", dir);
  killed.owner.kill("SIGKILL");
  await waitUntil("the guardian's work", () => processesOf(dir).length === 0);
  expect(existsSync(join(dir, "state.json"))).toBe(false);

  const { owner } = await startElsewhere("--dir", dir);
  owner.kill("SIGTERM");
  await once(owner, "exit");
  expect(processesOf(dir)).toEqual([]);
  expect(existsSync(join(dir, "logs", "coordinator.log"))).toBe(true);
});

test("a folder with somebody else's files is refused and not changed", async () => {
  const dir = scratchFolder();
  writeFileSync(join(dir, "letter.txt"), "dear reader");
  await expect(startSandbox({ dir })).rejects.toThrow("was not made by a Shardboard sandbox");
  expect(readdirSync(dir)).toEqual(["letter.txt"]);
  expect(readFileSync(join(dir, "letter.txt"), "utf8")).toBe("dear reader");
});

function linkOrCopy(from: string, to: string): void {
  try {
    execFileSync("cp", ["-al", from, to], { stdio: "pipe" });
  } catch {
    rmSync(to, { recursive: true, force: true });
    execFileSync("cp", ["-R", from, to]); // on another file system
  }
}

test.runIf(process.getuid?.() === 0)("a clone that only root can read starts all the same", async () => {
  const clone = scratchFolder(); // mkdtemp makes it 0700
  const root = fileURLToPath(new URL("..", import.meta.url));
  for (const part of ["sandbox", "sql", "package.json"])
    execFileSync("cp", ["-R", join(root, part), join(clone, part)]);
  linkOrCopy(join(root, "node_modules"), join(clone, "node_modules"));
  const { startSandbox: startFromClone } = (await import(
    join(clone, "sandbox", "start.ts")
  )) as typeof import("./start");
  const sandbox = await startFromClone({ seed: "none", standbys: false });
  const rows = await sandbox.query<{ active: string }>("select count(*) as active from pg_dist_node where isactive");
  expect(rows).toEqual([{ active: "4" }]);
  await sandbox.dispose();
});
