import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, expect, test, vi } from "vitest";
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
  const { lines, since } = await recorder.ask(queryAround(at), 20_000);
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
  await recorder.ask(queryAround(at), 20_000);
  recorder.record({ ...batch(at, 7), clusterId: "crash" });
  await vi.waitFor(() => expect(recorder?.status()).toMatchObject({ state: "restarting", restarts: 1 }), PATIENT);
  expect(recorder.status().why).toContain("made to crash");
  await expect(recorder.ask(queryAround(at), 20_000)).rejects.toMatchObject({ code: "state_failed" });
  await vi.waitFor(() => expect(recorder?.status().state).toBe("running"), PATIENT);
  const { lines } = await recorder.ask(queryAround(at), 20_000);
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

test("a history that is silent is an error after its time, and not before", async () => {
  recorder = startRecorder(place);
  await expect(recorder.ask(queryAround(Date.now()), 1)).rejects.toMatchObject({ code: "state_failed" });
  await sleep(50);
});
