import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { consoleVariables } from "../../sandbox/console-variables.ts";
import { startSandbox } from "../../sandbox/start.ts";
import type { Sandbox } from "../../sandbox/types.ts";
import { type SoakRow, scaled } from "../stage/row.ts";

const SECONDS = 60;
const KILLS = 20;
const MOST_TIMES = 1.1;
const TAKEOVER_WITHIN_MS = 10_000;
const NODES = ["coordinator", "worker1", "worker2", "worker3"] as const;
const FRESH_MS = 2_500;

type Seen = { kind: "seen"; name: string; ages: Record<string, number | null> };
type Console = { process: ChildProcess; next: () => Promise<Seen>; name: () => string };

/** F26 at length: what several consoles on one state cost the cluster, and what is lost when the collecting one is killed. */
export async function run(scale = 1): Promise<SoakRow[]> {
  const sandbox = await startSandbox({ pace: "test" });
  const folder = mkdtempSync(join(tmpdir(), "shardboard-replicas-"));
  try {
    await sandbox.query("create database replicas");
    for (const node of NODES) {
      await sandbox.query("alter system set log_statement = 'all'", [], { node });
      await sandbox.query("select pg_reload_conf()", [], { node });
    }
    const consoles = [await begin(sandbox, folder)];
    const cost = await costRow(sandbox, folder, scaled(SECONDS, scale));
    const takeover = await takeoverRow(sandbox, folder, consoles, scaled(KILLS, scale));
    for (const one of consoles) one.process.kill("SIGKILL");
    return [cost, takeover];
  } finally {
    await sandbox.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One, three, one again: a machine that has more or less to do meanwhile must not count for or against. */
async function costRow(sandbox: Sandbox, folder: string, seconds: number): Promise<SoakRow> {
  await sleep(5_000);
  const before = await countDuring(sandbox, seconds);
  const others = [await begin(sandbox, folder), await begin(sandbox, folder)];
  await sleep(5_000);
  const three = await countDuring(sandbox, seconds);
  for (const other of others) {
    other.process.kill("SIGTERM");
    await once(other.process, "exit");
  }
  const after = await countDuring(sandbox, seconds);
  const one = (before + after) / 2;
  const times = three / one;
  return {
    id: "F26",
    what: `statements that three consoles with a viewer each send to the cluster in ${seconds} s, as a multiple of one console's: more than ${MOST_TIMES}`,
    count: three,
    failures: times > MOST_TIMES ? 1 : 0,
    seconds: seconds * 3,
    remarks: `one console ${before} and ${after}, three ${three}: ${times.toFixed(2)} times`,
  };
}

async function takeoverRow(sandbox: Sandbox, folder: string, consoles: Console[], kills: number): Promise<SoakRow> {
  const began = performance.now();
  const took: number[] = [];
  let lost = 0;
  while (consoles.length < 3) consoles.push(await begin(sandbox, folder));
  for (let kill = 0; kill < kills; kill++) {
    const victim = await collecting(sandbox, consoles);
    consoles.splice(consoles.indexOf(victim), 1);
    victim.process.kill("SIGKILL");
    const killed = performance.now();
    const [watcher] = consoles;
    if (!watcher) throw new Error("no console is left");
    for (;;) {
      const { ages } = await watcher.next();
      const age = ages.nodes ?? null;
      if (age === null) lost += 1;
      // What was read before the kill is older than the time since.
      if (age !== null && age < performance.now() - killed - 500) break;
      if (performance.now() - killed > 60_000) break;
    }
    took.push(performance.now() - killed);
    consoles.push(await begin(sandbox, folder));
  }
  const slowest = Math.max(...took);
  const late = took.filter((ms) => ms > TAKEOVER_WITHIN_MS).length;
  return {
    id: "F26",
    what: `kill -9 of the collecting console, seen from another: later than ${TAKEOVER_WITHIN_MS / 1_000} s, or a screen that loses its data`,
    count: kills,
    failures: late + lost,
    seconds: (performance.now() - began) / 1_000,
    remarks: `slowest ${(slowest / 1_000).toFixed(1)} s`,
  };
}

/** The one whose statements go on. */
async function collecting(sandbox: Sandbox, consoles: readonly Console[]): Promise<Console> {
  for (;;) {
    const before = consoles.map((one) => sent(sandbox, one.name()));
    await sleep(3_000);
    const at = consoles.findIndex((one, index) => sent(sandbox, one.name()) > (before[index] ?? 0));
    const found = consoles[at];
    if (found) return found;
  }
}

async function countDuring(sandbox: Sandbox, seconds: number): Promise<number> {
  const before = sent(sandbox, "shardboard:");
  await sleep(seconds * 1_000);
  return sent(sandbox, "shardboard:") - before;
}

/** Statements of sessions whose name begins so, as the cluster's own logs tell. The state's sessions are named otherwise. */
function sent(sandbox: Sandbox, name: string): number {
  return NODES.map((node) => readFileSync(join(sandbox.dir, "logs", `${node}.log`), "utf8"))
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.includes(`] ${name}`) && /LOG: {2}(execute|statement)/.test(line)).length;
}

async function begin(sandbox: Sandbox, folder: string): Promise<Console> {
  const state = new URL(sandbox.url("owner"));
  state.pathname = "/replicas";
  const child = fork("server/testing/console-process.ts", {
    execArgv: ["--import", "./scripts/hooks.mjs"],
    env: { ...process.env, ...consoleVariables(sandbox), STATE_URL: state.href, DATA_DIR: folder },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let latest: Seen | undefined;
  const next = async (): Promise<Seen> => {
    const [seen] = (await once(child, "message")) as [Seen];
    latest = seen;
    return seen;
  };
  while (((await next()).ages.nodes ?? Number.POSITIVE_INFINITY) > FRESH_MS);
  return { process: child, next, name: () => (latest?.name ?? "").replace(/[^:]*$/, "") };
}
