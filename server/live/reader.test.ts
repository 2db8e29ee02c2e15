import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { createReader } from "./reader";
import { topic } from "./topic";

const target = {} as Target;
beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A topic whose reads the test answers one by one. */
function script(answers: (() => Promise<number>)[], paceMs = 1_000, restMs?: number) {
  let reads = 0;
  const changed = vi.fn();
  const definition = topic({
    name: "nodes",
    schema: z.number(),
    paceMs: () => paceMs,
    ...(restMs !== undefined && { restMs }),
    redact: null,
    read: () => (answers[Math.min(reads++, answers.length - 1)] ?? (() => Promise.reject(new Error("no answer"))))(),
  });
  return { reader: createReader(target, definition, changed), changed, reads: () => reads };
}

const value = (number: number) => async () => number;
const refused = async () => {
  throw new AppError("cluster_unreachable", "connect ECONNREFUSED");
};

test("a failed read keeps the last data, adds the problem, and the age goes on growing", async () => {
  const { reader } = script([value(7), refused]);
  await reader.watch(100);
  await vi.advanceTimersByTimeAsync(5_000);
  const snapshot = reader.snapshot();
  expect(snapshot.data).toBe(7);
  expect(snapshot.problem?.code).toBe("cluster_unreachable");
  expect(snapshot.ageMs).toBe(5_000);
  expect(snapshot.failingForMs).toBeGreaterThan(0);
  reader.stop();
});

test("an answer that says the same is no news; a different one is", async () => {
  const { reader, changed } = script([value(1), value(1), value(2)]);
  await reader.watch(100);
  const first = reader.snapshot().version;
  await reader.refresh();
  expect(reader.snapshot().version).toBe(first);
  await reader.refresh();
  expect(reader.snapshot().version).not.toBe(first);
  expect(changed).toHaveBeenCalledTimes(2);
  reader.stop();
});

test("however many watch, one read is under way", async () => {
  let release: (number: number) => void = () => {};
  const slow = () => new Promise<number>((resolve) => (release = resolve));
  const { reader, reads } = script([slow]);
  const watching = Promise.all([reader.watch(1), reader.watch(1), reader.watch(1)]);
  await vi.advanceTimersByTimeAsync(10);
  await watching;
  expect(reads()).toBe(1);
  release(1);
  reader.stop();
});

test("however many look at a topic that could never be read, it is tried at its own pace", async () => {
  const { reader, reads } = script([refused]);
  await reader.watch(100);
  for (let viewer = 0; viewer < 200; viewer++) await reader.watch(100);
  expect(reads()).toBe(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(reads()).toBe(2);
  reader.stop();
});

test("a first look does not wait for a hung cluster longer than its patience, and says that nothing is known", async () => {
  const { reader } = script([() => new Promise<number>(() => {})]);
  const watching = reader.watch(2_500);
  await vi.advanceTimersByTimeAsync(2_500);
  await watching;
  expect(reader.snapshot()).toMatchObject({ data: null, ageMs: null, problem: null });
  reader.stop();
});

test("a coordinator that was silent for long is asked again within seconds: waiting for it cost it nothing", async () => {
  const late = (code: ErrorCode) => async () => {
    await new Promise((resolve) => setTimeout(resolve, 10_000));
    throw new AppError(code, "no answer");
  };
  const silent = script([late("cluster_silent")]);
  const slow = script([late("query_timeout")]);
  for (const { reader } of [silent, slow]) void reader.watch(1);
  await vi.advanceTimersByTimeAsync(12_000);
  expect(silent.reads()).toBe(2);
  expect(slow.reads()).toBe(1);
  await vi.advanceTimersByTimeAsync(17_000);
  void slow.reader.watch(1);
  await vi.advanceTimersByTimeAsync(11_000);
  expect(slow.reads()).toBe(2);
  for (const { reader } of [silent, slow]) reader.stop();
});

test("one slow reading among quick ones, as after a server that stood still, is followed at the usual pace; a second one is not", async () => {
  const lasting = (ms: number) => () => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));
  const { reader, reads } = script([lasting(10), lasting(9_000), lasting(9_001), lasting(10)]);
  void reader.watch(1);
  await vi.advanceTimersByTimeAsync(1_000 + 9_000 + 1_000 + 100);
  expect(reads()).toBe(3);
  void reader.watch(1);
  await vi.advanceTimersByTimeAsync(9_000 + 20_000);
  expect(reads()).toBe(3);
  void reader.watch(1);
  await vi.advanceTimersByTimeAsync(7_500);
  expect(reads()).toBe(4);
  reader.stop();
});

test("nobody looks: the topic rests; somebody looks again: it is read", async () => {
  const { reader, reads } = script([value(1)]);
  await reader.watch(100);
  await vi.advanceTimersByTimeAsync(60_000);
  const atRest = reads();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(reads()).toBe(atRest);
  await reader.watch(100);
  expect(reads()).toBe(atRest + 1);
  reader.stop();
});

test("a refresh reads after the read that was under way, which may have begun before the change", async () => {
  const releases: ((number: number) => void)[] = [];
  const slow = () => new Promise<number>((resolve) => releases.push(resolve));
  const { reader, reads } = script([slow]);
  void reader.watch(1);
  const refreshed = reader.refresh();
  releases[0]?.(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(reads()).toBe(2);
  releases[1]?.(2);
  await refreshed;
  expect(reader.snapshot().data).toBe(2);
  reader.stop();
});

test("a topic of which the history is kept is read seldom while nobody looks, and at its own pace while somebody does", async () => {
  const { reader, reads } = script([value(1)], 1_000, 10_000);
  await vi.advanceTimersByTimeAsync(60_500);
  expect(reads()).toBe(6);
  await reader.watch(100);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reads()).toBeGreaterThan(14);
  reader.stop();
});

test("a machine whose clock is set back shows no age below zero", async () => {
  const { reader } = script([value(1)]);
  await reader.watch(100);
  vi.setSystemTime(Date.now() - 3_600_000);
  expect(reader.snapshot().ageMs).toBeGreaterThanOrEqual(0);
  reader.stop();
});

/** A topic whose read shows parts when the test says so. */
function inParts() {
  const reads: { publish: (part: string[]) => void; end: (whole: string[]) => void }[] = [];
  const changed = vi.fn();
  const definition = topic({
    name: "nodes",
    schema: z.array(z.string()),
    paceMs: () => 60_000,
    redact: null,
    read: (_, { publish }) => new Promise<string[]>((end) => reads.push({ publish, end })),
  });
  return { reader: createReader(target, definition, changed), changed, reads };
}

test("a part of a read is shown while the rest is waited for, and whoever looks first waits for nothing more", async () => {
  const { reader, changed, reads } = inParts();
  const watching = reader.watch(2_500);
  reads[0]?.publish(["a"]);
  await watching;
  expect(reader.snapshot()).toMatchObject({ data: ["a"], problem: null });
  await vi.advanceTimersByTimeAsync(1_000);
  reads[0]?.end(["a", "b"]);
  await vi.advanceTimersByTimeAsync(1);
  expect(reader.snapshot().data).toEqual(["a", "b"]);
  expect(changed).toHaveBeenCalledTimes(2);
  reader.stop();
});

test("a part that is new makes the rest no younger than it is", async () => {
  const { reader, reads } = inParts();
  void reader.watch(1);
  reads[0]?.end(["old a", "old b"]);
  await vi.advanceTimersByTimeAsync(20_000);
  void reader.refresh();
  await vi.advanceTimersByTimeAsync(1);
  reads[1]?.publish(["new a", "old b"]);
  expect(reader.snapshot().data).toEqual(["new a", "old b"]);
  expect(reader.snapshot().ageMs).toBeGreaterThanOrEqual(20_000);
  reader.stop();
});

test("columns of numbers are news when one number differs, and no news when they are equal", async () => {
  const answers = [
    [1, 2],
    [1, 2],
    [1, 3],
  ].map((numbers) => ({ ids: Float64Array.from(numbers) }));
  const changed = vi.fn();
  const read = async () => answers.shift() ?? { ids: new Float64Array() };
  const schema = z.object({ ids: z.instanceof(Float64Array) });
  const definition = topic({ name: "nodes", schema, paceMs: () => 60_000, redact: null, read });
  const reader = createReader(target, definition, changed);
  await reader.watch(100);
  await reader.refresh();
  expect(changed).toHaveBeenCalledTimes(1);
  await reader.refresh();
  expect(changed).toHaveBeenCalledTimes(2);
  reader.stop();
});

test("the budget puts off scheduled reads only: a first look, a refresh, and what is always read do not wait for it", async () => {
  const budget = { paceOf: vi.fn(() => 100_000), leave: vi.fn() };
  const read = vi.fn(async () => 1);
  const common = { name: "nodes" as const, schema: z.number(), paceMs: () => 1_000, redact: null, read };
  const reader = createReader(target, topic(common), () => {}, { budget });
  await reader.watch(100);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(read).toHaveBeenCalledTimes(1);
  await reader.refresh();
  expect(read).toHaveBeenCalledTimes(2);
  reader.stop();
  const steady = createReader(target, topic({ ...common, always: true }), () => {}, { budget });
  budget.paceOf.mockClear();
  await steady.refresh();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(read.mock.calls.length).toBeGreaterThan(5);
  expect(budget.paceOf).not.toHaveBeenCalled();
  steady.stop();
});

test("what people look at is put off for half a minute at most; what a topic says of itself comes before that", async () => {
  const paceOf = vi.fn((_topic: string, paceMs: number) => paceMs);
  const budget = { paceOf, leave: () => {} };
  const common = { name: "jobs" as const, schema: z.number(), paceMs: () => 1_000, redact: null, read: async () => 1 };
  const patient = createReader(target, topic(common), () => {}, { budget });
  await patient.watch(100);
  expect(paceOf).toHaveBeenLastCalledWith("jobs", 1_000, 30_000);
  patient.stop();
  const followed = createReader(target, topic({ ...common, mostMs: () => 5_000 }), () => {}, { budget });
  await followed.watch(100);
  expect(paceOf).toHaveBeenLastCalledWith("jobs", 1_000, 5_000);
  followed.stop();
});

test("however empty the purse, what fails without work for the cluster is tried again at its usual pace", async () => {
  const budget = { paceOf: vi.fn(() => 100_000), leave: vi.fn() };
  const read = vi.fn<() => Promise<number>>(refused);
  const definition = topic({ name: "nodes", schema: z.number(), paceMs: () => 1_000, redact: null, read });
  const reader = createReader(target, definition, () => {}, { budget });
  await reader.watch(100);
  read.mockImplementation(value(1));
  await vi.advanceTimersByTimeAsync(2_500);
  expect(reader.snapshot()).toMatchObject({ data: 1, problem: null });
  await vi.advanceTimersByTimeAsync(20_000);
  expect(read).toHaveBeenCalledTimes(2);
  reader.stop();
});
