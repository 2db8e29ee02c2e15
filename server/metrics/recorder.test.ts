import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { decodeLayout } from "@/lib/domain/kept-layout";
import { shardColumns } from "@/lib/domain/shard-columns";
import { nodeSizes } from "@/lib/domain/sizes";
import { aTable, aWorker, hashShards } from "@/lib/testing/layout";
import { type Recorder, startRecorder } from "./recorder";

/** A thread starts in half a second, and on a busy machine in several. */
const PATIENT = { timeout: 20_000 };
vi.setConfig({ testTimeout: 60_000 });
afterAll(() => vi.resetConfig());

const folder = mkdtempSync(join(tmpdir(), "shardboard-history-"));
let recorder: Recorder | undefined;
afterEach(async () => {
  await recorder?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const place = { kind: "file", path: join(folder, "metrics.sqlite") } as const;
const batch = (at: number, value: number) => ({
  clusterId: "shop",
  at,
  samples: [{ series: "node-bytes" as const, key: "2", value }],
});
const queryAround = (at: number) => ({
  clusterId: "shop",
  series: "node-bytes" as const,
  from: at - 20_000,
  to: at + 20_000,
});
const known = (values: readonly (number | null)[] = []) => values.filter((value) => value !== null);

test("what one process has measured the next one reads: the history outlives the console", async () => {
  const at = Date.now();
  recorder = startRecorder(place);
  recorder.record(batch(at, 4_096));
  await recorder.stop();
  expect(recorder.status().state).toBe("stopped");
  recorder = startRecorder(place);
  const { lines, since } = await recorder.ask("series", queryAround(at), 20_000);
  expect(known(lines[0]?.mean)).toEqual([4_096]);
  expect(since).toBe(Math.floor(at / 10_000) * 10_000);
});

test("a thread that ends by itself is started again, which the status says, and what was written is there", async () => {
  const at = Date.now();
  const crashing = join(folder, "..", `crashing-${process.pid}.ts`);
  writeFileSync(
    crashing,
    `import ${JSON.stringify(join(process.cwd(), "server/metrics/worker.ts"))};
     import { parentPort } from "node:worker_threads";
     parentPort.on("message", (message) => { if (message.clusterId === "crash") setTimeout(() => { throw new Error("made to crash"); }); });`,
  );
  recorder = startRecorder(place, crashing);
  await vi.waitFor(() => expect(recorder?.status().state).toBe("running"), PATIENT);
  recorder.record(batch(at, 7));
  await recorder.ask("series", queryAround(at), 20_000);
  recorder.record({ ...batch(at, 7), clusterId: "crash" });
  await vi.waitFor(() => expect(recorder?.status()).toMatchObject({ state: "restarting", restarts: 1 }), PATIENT);
  expect(recorder.status().why).toContain("made to crash");
  await expect(recorder.ask("series", queryAround(at), 20_000)).rejects.toMatchObject({ code: "state_failed" });
  await vi.waitFor(() => expect(recorder?.status().state).toBe("running"), PATIENT);
  const { lines } = await recorder.ask("series", queryAround(at), 20_000);
  expect(known(lines[0]?.high)).toContain(7);
  rmSync(crashing);
});

test("a thread that is behind is never waited for: what is too much is dropped and counted", async () => {
  recorder = startRecorder(place);
  const started = performance.now();
  // It has not even begun to run, so none of these is looked at yet.
  for (let count = 0; count < 2_000; count++) recorder.record(batch(Date.now(), count));
  expect(performance.now() - started).toBeLessThan(500);
  expect(recorder.status().dropped).toBe(1_500);
});

test("a layout that was handed over can be looked at, and what moved since, by the next process too", async () => {
  const table = aTable(1, "orders");
  const nodes = [1, 2].map((groupId) => {
    const { placementCount: _, ...node } = aWorker(groupId);
    return node;
  });
  const handed = (at: number, groupId: number) => ({
    clusterId: "shop",
    at,
    layout: {
      nodes,
      tables: [table],
      colocationGroups: [],
      shards: shardColumns(hashShards(table, 101, 2, () => groupId)),
    },
    sizes: new Map([[2, nodeSizes([[101, 8_192]])]]),
    measured: 1 as const,
  });
  const at = Date.now() - 60_000;
  recorder = startRecorder(place);
  expect(recorder.layout(handed(at, 1))).toBe(true);
  await recorder.ask("marks", { clusterId: "shop", from: 0, to: at }, 20_000);
  recorder.layout({ clusterId: "shop", at: at + 3_000 });
  await recorder.stop();
  recorder = startRecorder(place);
  recorder.layout(handed(at + 9_000, 2));
  const { events } = await recorder.ask("moves", { clusterId: "shop", from: at - 1, to: at + 10_000 }, 20_000);
  expect(events.map(({ id, from, to }) => [id, from, to])).toEqual([
    [101, ["127.0.0.1:55165"], ["127.0.0.1:55166"]],
    [102, ["127.0.0.1:55165"], ["127.0.0.1:55166"]],
  ]);
  const body = await recorder.ask("layout", { clusterId: "shop", at: at + 5_000 }, 20_000);
  const { layout, sizes } = decodeLayout(gunzipSync(body ?? new Uint8Array()));
  expect(Array.from(layout.shards.groupIds)).toEqual([1, 1]);
  expect(Array.from(sizes.get(2)?.bytes ?? [])).toEqual([8_192]);
  expect(await recorder.ask("layout", { clusterId: "shop", at: at - 5_000 }, 20_000)).toBeNull();
});

test("a history that is silent is an error after its time, and not before", async () => {
  recorder = startRecorder(place);
  await expect(recorder.ask("series", queryAround(Date.now()), 1)).rejects.toMatchObject({ code: "state_failed" });
  await sleep(50);
});
