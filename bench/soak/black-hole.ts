import { setTimeout as sleep } from "node:timers/promises";
import { median } from "../figures.ts";
import { type Look, type Stage, withStage } from "../stage/console-on.ts";
import { type SoakRow, scaled } from "../stage/row.ts";

const SECONDS = 60;
const TOPICS = ["health", "nodes", "topology", "activity", "jobs"];
/** A page is drawn from what is known. */
const PAGE_WITHIN_MS = 1_000;
const WARM_UP_MS = 30_000;
const MOST_SOCKETS = 4;
const MEMORY_MAY_GROW_MB = 64;

/** F2 at length: for a minute the coordinator says nothing, once because the line is gone and once because it is frozen. */
export async function run(scale = 1): Promise<SoakRow[]> {
  return withStage(async (stage) => {
    const { proxy, sandbox } = stage;
    await warmUp(stage);
    const gone = await endure(stage, "the line to it is a black hole", scaled(SECONDS, scale), {
      begin: () => proxy.set("blackhole"),
      end: () => proxy.set("pass"),
    });
    const frozen = await endure(stage, "its processes are stopped (SIGSTOP)", scaled(SECONDS, scale), {
      begin: async () => sandbox.freeze("coordinator"),
      end: async () => sandbox.thaw("coordinator"),
    });
    return [gone, frozen];
  });
}

type Fault = { begin: () => Promise<void>; end: () => Promise<void> };

async function endure(stage: Stage, words: string, seconds: number, fault: Fault): Promise<SoakRow> {
  const began = performance.now();
  const looks: Look[] = [];
  const memory: number[] = [];
  let sockets = 0;
  await fault.begin();
  while (performance.now() - began < seconds * 1_000) {
    looks.push(...(await lookAround(stage, 1)));
    sockets = Math.max(sockets, stage.connections());
    memory.push(stage.memory());
    await sleep(500);
  }
  await fault.end();
  const back = performance.now();
  while ((await lookAround(stage, 1)).some(({ problem }) => problem !== null)) {
    if (performance.now() - back > 60_000) break;
    await sleep(200);
  }
  const recoveredMs = performance.now() - back;
  const third = Math.ceil(memory.length / 3);
  const grown = median(memory.slice(-third)) - median(memory.slice(0, third));
  const slow = looks.filter(({ tookMs, hasData, status }) => tookMs > PAGE_WITHIN_MS || !hasData || status !== 200);
  const tooMany = sockets > MOST_SOCKETS ? 1 : 0;
  const isFat = grown > MEMORY_MAY_GROW_MB ? 1 : 0;
  const slowest = Math.max(...looks.map(({ tookMs }) => tookMs));
  return {
    id: "F2",
    what: `answers while the coordinator says nothing for ${seconds} s (${words}): later than 1 s or without data, more than 4 connections, memory that grows`,
    count: looks.length,
    failures: slow.length + tooMany + isFat,
    seconds: (performance.now() - began) / 1_000,
    remarks: `slowest answer ${Math.round(slowest)} ms; at most ${sockets} connections; memory ${grown >= 0 ? "+" : ""}${grown.toFixed(1)} MB from the first third to the last; current again after ${(recoveredMs / 1_000).toFixed(1)} s`,
  };
}

/** A process that has just begun grows for reasons of its own. */
async function warmUp(stage: Stage): Promise<void> {
  const until = performance.now() + WARM_UP_MS;
  while (performance.now() < until) {
    await lookAround(stage, 2);
    await sleep(250);
  }
}

async function lookAround({ look }: Stage, times: number): Promise<Look[]> {
  const all: Look[] = [];
  for (let turn = 0; turn < times; turn += 1) all.push(...(await Promise.all(TOPICS.map(look))));
  return all;
}
