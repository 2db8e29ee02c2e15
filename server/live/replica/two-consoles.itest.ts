import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { GENESIS } from "@/server/audit/chain";
import { storeStatement } from "@/server/store/database";
import { testCluster } from "@/server/testing/cluster";
import type { Heard, Seen } from "@/server/testing/console-process";
import { aPostgresState, type StatePlace } from "@/server/testing/state-database";

const { sandbox } = testCluster();
const NODES = ["coordinator", "worker1", "worker2", "worker3"] as const;
/** Topics that are read every few seconds by whoever collects, and change nothing of their own. */
const SHARED = ["health", "nodes", "topology", "sizes", "activity", "replication"];

type Console = {
  process: ChildProcess;
  seen: () => Seen;
  next: () => Promise<Seen>;
  append: (count: number) => Promise<void>;
};

let place: StatePlace;
const folder = mkdtempSync(join(tmpdir(), "shardboard-two-"));
const started: ChildProcess[] = [];

beforeAll(async () => {
  place = await aPostgresState(sandbox);
  for (const node of NODES) {
    await sandbox.query("alter system set log_statement = 'all'", [], { node });
    await sandbox.query("select pg_reload_conf()", [], { node });
  }
});
afterAll(async () => {
  for (const child of started) child.kill("SIGKILL");
  for (const node of NODES) {
    await sandbox.query("alter system reset log_statement", [], { node });
    await sandbox.query("select pg_reload_conf()", [], { node });
  }
  await place.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function aConsole(): Promise<Console> {
  const child = fork("server/testing/console-process.ts", {
    execArgv: ["--import", "./scripts/hooks.mjs"],
    env: {
      ...process.env,
      CITUS_URL: sandbox.url("owner"),
      CITUS_READ_URL: sandbox.url("read"),
      CITUS_NO_PASSWORD: "true",
      STATE_URL: place.url ?? "",
      DATA_DIR: folder,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  started.push(child);
  let latest: Seen | null = null;
  child.on("message", (heard: Heard) => {
    if (heard.kind === "seen") latest = heard;
  });
  const next = async (): Promise<Seen> => {
    const [heard] = (await once(child, "message")) as [Heard];
    return heard.kind === "seen" ? heard : next();
  };
  await next();
  return {
    process: child,
    next,
    seen() {
      if (!latest) throw new Error("nothing seen yet");
      return latest;
    },
    async append(count) {
      child.send({ append: count });
      for (;;) {
        const [heard] = (await once(child, "message")) as [Heard];
        if (heard.kind === "appended") return;
      }
    },
  };
}

async function until(console: Console, holds: (seen: Seen) => boolean): Promise<Seen> {
  for (;;) {
    const seen = await console.next();
    if (holds(seen)) return seen;
  }
}

const all = (seen: Seen, holds: (age: number) => boolean) =>
  SHARED.every((topic) => {
    const age = seen.ages[topic];
    return typeof age === "number" && holds(age);
  });

/** How many statements a console has sent to the cluster until now, as the cluster's own logs tell. */
function sentBy({ name }: Seen): number {
  const who = name.slice(0, name.lastIndexOf(":"));
  return NODES.map((node) => readFileSync(join(sandbox.dir, "logs", `${node}.log`), "utf8"))
    .flatMap((text) => text.split("\n"))
    .filter((line) => line.includes(`] ${who}:`) && /LOG: {2}(execute|statement)/.test(line)).length;
}

test("F26: of two consoles one reads the cluster, both show the same, and when it is killed the other goes on within seconds", async () => {
  const first = await aConsole();
  await until(first, (seen) => all(seen, () => true));
  const second = await aConsole();
  await until(second, (seen) => all(seen, () => true));
  // In the time in which every topic was read twice, the second has sent nothing.
  const versions = second.seen().versions;
  const [before, beforeSecond] = [sentBy(first.seen()), sentBy(second.seen())];
  await sleep(6_000);
  expect(sentBy(first.seen()) - before).toBeGreaterThan(20);
  expect(sentBy(second.seen()) - beforeSecond).toBe(0);
  expect(all(second.seen(), (age) => age < 30_000)).toBe(true);
  expect(second.seen().versions.nodes).toBe(first.seen().versions.nodes);
  expect(Object.keys(versions)).toHaveLength(Object.keys(first.seen().versions).length);

  // Both write the audit at once, and it is one chain.
  await Promise.all([first.append(30), second.append(30)]);
  const state = await place.open();
  const chain = await state.all(
    storeStatement({
      text: "select seq, prev, hash from audit order by seq",
      row: z.object({ seq: z.number(), prev: z.string(), hash: z.string() }),
    }),
  );
  await state.close();
  expect(chain.length).toBeGreaterThanOrEqual(60);
  chain.forEach((record, index) => {
    expect(record.seq).toBe(index + 1);
    expect(record.prev).toBe(chain[index - 1]?.hash ?? GENESIS);
  });

  first.process.kill("SIGKILL");
  const killed = performance.now();
  let lost = false;
  // The screen keeps what it has while nobody collects, and is renewed by the second's own reads.
  const after = await until(second, (seen) => {
    lost ||= !all(seen, () => true);
    return performance.now() - killed > 1_000 && sentBy(seen) > beforeSecond && all(seen, (age) => age < 2_500);
  });
  expect(lost).toBe(false);
  expect(after.ages.nodes).toBeLessThan(2_500);
  expect(performance.now() - killed).toBeLessThan(15_000);

  const third = await aConsole();
  await until(third, (seen) => all(seen, (age) => age < 30_000));
  expect(sentBy(third.seen())).toBe(0);
  second.process.kill("SIGTERM");
  const handed = performance.now();
  await until(third, (seen) => sentBy(seen) > 0);
  // Given back, not run out.
  expect(performance.now() - handed).toBeLessThan(3_500);
});
