import fc from "fast-check";
import { expect, test } from "vitest";
import { aJob, aTask, someJobs } from "@/lib/testing/jobs";
import type { Jobs, TaskRecord } from "./job";
import { emptyRecord } from "./job-record";
import { timeLeft, timeLeftWords } from "./time-left";

const START = 1_000_000;
const USUAL = { secondsPerMove: 6, secondsPerByte: 1e-6, from: 40, spread: 0.2 };

/** A job of moves of these bytes, one after another, of which so many took so long each. */
function aRun(bytes: readonly number[], took: readonly number[], usual: typeof USUAL | null = null): Jobs {
  const tasks = bytes.map((_, index) => {
    const status = index < took.length ? "done" : index === took.length ? "running" : "blocked";
    return aTask({ taskId: index, status, pid: status === "running" ? 4711 : null });
  });
  let clock = START;
  const records = bytes.map((size, index): [string, TaskRecord] => {
    const startedAt = index <= took.length ? clock : null;
    clock += (took[index] ?? 0) * 1000;
    const finishedAt = index < took.length ? clock : null;
    return [String(index), { bytes: size, copiedBytes: 0, startedAt, finishedAt, phases: [] }];
  });
  const record = { ...emptyRecord(9), tasks: Object.fromEntries(records), usual };
  return someJobs({ jobs: [aJob({ startedAt: START })], tasks, progress: [], clock, record });
}

test("moves count as well as bytes: what is left is told by both", () => {
  const sizes = [1e6, 30e6, 10e6, 20e6];
  const seconds = (bytes: number) => 5 + bytes / 1e6;
  const run = aRun([...sizes, 0, 0, 0, 40e6], sizes.map(seconds));
  expect(timeLeft(run)?.seconds).toBeCloseTo(3 * 5 + 45, 0);
});

test("before the first move is done the time left comes from earlier runs here, and is not known without any", () => {
  expect(timeLeft(aRun([10e6, 10e6], []))).toBeNull();
  expect(timeLeft(aRun([10e6, 10e6], [], USUAL))?.seconds).toBeCloseTo(32, 0);
});

test("this run's own speed soon weighs more than what is usual", () => {
  const slow = aRun(new Array(10).fill(10e6), new Array(5).fill(48), USUAL);
  const left = timeLeft(slow)?.seconds ?? 0;
  expect(left).toBeGreaterThan(3.5 * 48);
});

test("the range gets narrower as more moves are seen, and holds the estimate", () => {
  const even = (done: number) =>
    timeLeft(
      aRun(
        new Array(done + 6).fill(10e6),
        Array.from({ length: done }, (_, n) => 10 + (n % 3)),
      ),
    );
  const width = (done: number) => {
    const left = even(done);
    return left ? (left.high - left.low) / left.seconds : 0;
  };
  expect(width(3)).toBeGreaterThan(width(12));
  fc.assert(
    fc.property(fc.array(fc.nat(1e9), { minLength: 2, maxLength: 30 }), fc.nat(20), (bytes, done) => {
      const left = timeLeft(
        aRun(
          bytes,
          bytes.slice(0, Math.min(done, bytes.length - 1)).map((one) => 1 + one / 1e8),
          USUAL,
        ),
      );
      return left === null || (left.low <= left.seconds && left.seconds <= left.high && left.low >= 0);
    }),
  );
});

test("a job that does not go on has no end to tell", () => {
  const failing = aTask({ status: "runnable", pid: null, retryCount: 3 });
  const run = aRun([1, 1], [5], USUAL);
  expect(timeLeft({ ...run, tasks: [failing] })).toBeNull();
});

test("an estimate is told no finer than it is", () => {
  const words = (seconds: number, low: number, high: number) => timeLeftWords({ seconds, low, high, moves: [] });
  expect(words(722, 541, 1211)).toBe("about 12 min, 9 to 20 min");
  expect(words(742, 531, 1211)).toBe("about 12 min, 8 min 50 s to 20 min");
  expect(words(12.4, 8.2, 19.8)).toBe("about 12 s, 8 to 20 s");
});
