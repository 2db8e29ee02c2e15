import { expect, test } from "vitest";
import { aMove, aTask } from "@/lib/testing/jobs";
import { RECORDED_BYTES, RECORDED_SECONDS, recordedBytesOf, recordedLooks } from "@/lib/testing/recorded-rebalance";
import { expectedSpans } from "./expected-spans";
import { type JobRecord, type Jobs, MOVE_PHASES } from "./job";
import { emptyRecord, type JobSight, observeTasks, WAITING_FOR_RETRY, withSample } from "./job-record";
import { jobWork } from "./job-work";
import { timeLeft } from "./time-left";

const PHASES: readonly string[] = MOVE_PHASES;

/** The recorded run, watched from its start: the topic with the record as it grew. */
function watched(): { second: number; jobs: Jobs }[] {
  let record: JobRecord = emptyRecord(1);
  let before: JobSight | null = null;
  return recordedLooks().map(({ second, jobs }) => {
    const now: JobSight = {
      clock: 1_000_000 + second * 1000,
      tasks: jobs.tasks,
      progress: jobs.progress,
      bytesOf: recordedBytesOf,
    };
    record = observeTasks(record, before, now);
    before = now;
    const copied = jobWork({ ...jobs, record })?.bytesDone ?? 0;
    record = withSample(record, now.clock, copied);
    return { second, jobs: { ...jobs, record } };
  });
}

test("a run of a real Citus: the share done never falls, stays below 1 while it is open, and ends at 1", () => {
  const fractions = watched().map(({ jobs }) => jobWork(jobs)?.fraction ?? -1);
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions);
  expect(fractions.slice(0, -1).every((fraction) => fraction <= 0.99)).toBe(true);
  expect(fractions.at(-1)).toBe(1);
});

test("a run of a real Citus: all bytes are counted in the end, reference tables are no move", () => {
  const last = watched().at(-1)?.jobs;
  expect(last && jobWork(last)).toMatchObject({
    moves: 14,
    movesDone: 14,
    bytes: RECORDED_BYTES,
    bytesDone: RECORDED_BYTES,
  });
});

test("a run of a real Citus: from the third move on the time left is right within a quarter", () => {
  const estimates = watched().filter(({ jobs }) => (jobs.jobs[0]?.moves.done ?? 0) >= 3 && timeLeft(jobs) !== null);
  expect(estimates.length).toBeGreaterThan(10);
  for (const { second, jobs } of estimates) {
    const real = RECORDED_SECONDS - second;
    expect(Math.abs((timeLeft(jobs)?.seconds ?? 0) - real)).toBeLessThan(Math.max(8, real / 4));
  }
});

test("a run of a real Citus: each move's phases come in Citus' own order, within its start and end", () => {
  const record = watched().at(-1)?.jobs.record;
  const moves = Object.values(record?.tasks ?? {}).filter((task) => task.phases.length > 0);
  expect(moves.length).toBeGreaterThan(10);
  for (const { phases, startedAt, finishedAt } of moves) {
    const order = phases.map(({ phase }) => PHASES.indexOf(phase));
    expect([...order].sort((a, b) => a - b)).toEqual(order);
    expect(phases.every(({ at }) => at >= (startedAt ?? 0) && at <= (finishedAt ?? 0))).toBe(true);
  }
});

test("what is expected follows what runs, and ends where the time left ends", () => {
  const middle = watched().find(({ jobs }) => jobs.jobs[0]?.moves.done === 7)?.jobs;
  const spans = middle ? [...expectedSpans(middle).values()] : [];
  const clock = middle?.clock ?? 0;
  expect(spans).toHaveLength(7);
  expect(spans[0]?.[0]).toBe(clock);
  expect(spans.at(-1)?.[1]).toBeCloseTo(clock + (middle ? (timeLeft(middle)?.seconds ?? 0) : 0) * 1000, 0);
});

const sight = (clock: number, task: ReturnType<typeof aTask>, progress = [aMove()]): JobSight => ({
  clock,
  tasks: [task],
  progress,
  bytesOf: () => null,
});

test("a task that nobody watched begin or end has no times, rather than wrong ones", () => {
  const record = observeTasks(emptyRecord(9), null, sight(5_000, aTask({ status: "done", pid: null })));
  expect(record.tasks[30]).toEqual({ bytes: null, copiedBytes: 0, startedAt: null, finishedAt: null, phases: [] });
});

test("after a gap in watching the end of a task is not known either", () => {
  const first = sight(0, aTask());
  const record = observeTasks(emptyRecord(9), null, first);
  const later = observeTasks(record, first, sight(60_000, aTask({ status: "done", pid: null }), []));
  expect(later.tasks[30]?.finishedAt).toBeNull();
});

test("a move too quick to be met at work lies between the two looks", () => {
  const first = sight(1_000, aTask({ status: "runnable", pid: null }), []);
  const record = observeTasks(emptyRecord(9), null, first);
  const done = observeTasks(record, first, sight(2_000, aTask({ status: "done", pid: null }), []));
  expect(done.tasks[30]).toMatchObject({ startedAt: 1_000, finishedAt: 2_000 });
});

test("a task that failed and waits shows the wait among its phases", () => {
  const first = sight(0, aTask());
  const record = observeTasks(emptyRecord(9), null, first);
  const waiting = sight(1_000, aTask({ status: "runnable", pid: null, retryCount: 1 }), []);
  const second = observeTasks(record, first, waiting);
  const third = observeTasks(second, waiting, { ...waiting, clock: 2_000 });
  expect(third.tasks[30]?.phases.map(({ phase }) => phase)).toEqual(["Copying Data", WAITING_FOR_RETRY]);
});
