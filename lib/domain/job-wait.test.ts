import { expect, test } from "vitest";
import { aJob, aTask, someJobs } from "@/lib/testing/jobs";
import { timeOfDay } from "../format/time";
import { TASK_STATES } from "./job";
import { emptyRecord } from "./job-record";
import { taskWords, whyNothingMoves } from "./job-wait";
import { endSentence, whyNoProgress } from "./run-sentence";

const NOW = 1_060_000;
const waiting = (over: Parameters<typeof aTask>[0] = {}) => aTask({ status: "runnable", pid: null, ...over });
const failed = waiting({ retryCount: 7, notBefore: NOW + 40_000, message: "ERROR:  connection refused\nCONTEXT:  x" });

test("while a move runs nothing has to be explained", () => {
  expect(whyNothingMoves(someJobs(), NOW)).toBeNull();
});

test("between two tasks the reason is the queue's interval, as it is set", () => {
  const jobs = someJobs({ tasks: [waiting()], queueIntervalMs: 5_000 });
  expect(whyNothingMoves(jobs, NOW)).toBe("Nothing runs this moment: Citus looks for tasks that may start every 5 s.");
  expect(whyNothingMoves({ ...jobs, queueIntervalMs: -1 }, NOW)).toContain("background_task_queue_interval is -1");
});

test("a task that keeps failing says which try, when, and the error", () => {
  const sentence = whyNothingMoves(someJobs({ tasks: [failed] }), NOW);
  expect(sentence).toBe(`Shard group 102034 failed: retry 7 of 32 at ${timeOfDay(NOW + 40_000)}. connection refused`);
});

test("while a stop is obeyed, that is the reason", () => {
  const jobs = someJobs({ jobs: [aJob({ state: "cancelling" })], tasks: [aTask({ status: "cancelling" })] });
  expect(whyNothingMoves(jobs, NOW)).toContain("The stop is being obeyed");
});

test("a blocked task names what it waits for, without what is done", () => {
  const done = aTask({ taskId: 1, status: "done", command: "SELECT pg_catalog.replicate_reference_tables('auto')" });
  const running = aTask({ taskId: 2 });
  const blocked = aTask({ taskId: 3, status: "blocked", dependsOn: [1, 2] });
  expect(taskWords(blocked, someJobs({ tasks: [done, running, blocked] }), NOW)).toBe("waits for 102034");
});

test("a runnable task waits for an executor only when all are busy", () => {
  const task = waiting({ taskId: 31 });
  expect(taskWords(task, someJobs({ tasks: [aTask(), task] }), NOW)).toBe("runnable, but 1 of 1 executor is busy");
  expect(taskWords(task, someJobs({ tasks: [aTask(), task], executors: 4 }), NOW)).toBe(
    "runnable, but a node of it has its 1 move",
  );
  expect(taskWords(task, someJobs({ tasks: [task] }), NOW)).toBe("starts at the next look");
});

test("every state of a task has words", () => {
  for (const status of TASK_STATES) expect(taskWords(aTask({ status }), someJobs(), null)).not.toBe("");
});

test("how a job ended: moved shards stay after a stop, a failure brings its message", () => {
  const over = { startedAt: 0, finishedAt: 5_200, moves: { done: 2, total: 14 } };
  expect(endSentence(aJob({ ...over, state: "cancelled" }), null)).toBe(
    "2 of 14 moves done in 5.2 s. What had moved stays moved.",
  );
  expect(endSentence(aJob({ ...over, state: "failed", failure: "ERROR:  disk full" }), null)).toContain("disk full");
  expect(endSentence(aJob(), null)).toBeNull();
});

test("balance before and after is said only when both were measured", () => {
  const job = aJob({ state: "finished", startedAt: 0, finishedAt: 96_000, moves: { done: 14, total: 14 } });
  const record = { ...emptyRecord(9), skewBefore: { bytes: 0.35, groups: null, closedGroups: 0 } };
  expect(endSentence(job, record)).toBe("14 moves in 1 min 36 s.");
  expect(endSentence(job, { ...record, skewAfter: { bytes: 0.04, groups: null, closedGroups: 0 } })).toBe(
    "14 moves in 1 min 36 s. Busiest node: +35 % of the mean before, +4 % now.",
  );
});

test("a login that may not see progress is told so; a move between two phases is not", () => {
  const blind = someJobs({ progress: [], monitorAlive: null });
  expect(whyNoProgress(blind)).toContain("pg_monitor");
  expect(whyNoProgress({ ...blind, monitorAlive: true })).toBeNull();
  expect(whyNoProgress(someJobs({ progressProblem: "a node does not answer" }))).toBe("a node does not answer");
});

test("a move that waits for a lock says whose, and that nothing moves", () => {
  const blocked = aTask({ blockedBy: "10000004711" });
  expect(taskWords(blocked, someJobs(), NOW)).toBe("blocked by a lock of gpid 10000004711");
  expect(whyNothingMoves(someJobs({ tasks: [blocked] }), NOW)).toContain("is blocked by a lock of gpid 10000004711");
  expect(whyNothingMoves(someJobs({ tasks: [blocked, aTask({ taskId: 31 })] }), NOW)).toBeNull();
});

test("a try that fails for want of a replica identity names the table, and that more tries do not help", () => {
  const message =
    "ERROR:  cannot use logical replication to transfer shards of the relation no_pk since it doesn't have a REPLICA IDENTITY or PRIMARY KEY";
  const sentence = whyNothingMoves(someJobs({ tasks: [{ ...failed, message }] }), NOW);
  expect(sentence).toContain("A table of the group has no replica identity: no_pk.");
});
