import { expect, test } from "vitest";
import { aJob as anyJob } from "@/lib/testing/jobs";
import type { Job, Jobs, JobTask, MoveProgress } from "./job";
import { jobProgress } from "./job-progress";

const aJob = (over: Partial<Job> = {}): Job =>
  anyJob({
    startedAt: 0,
    taskCounts: { done: 6, running: 1, blocked: 7 },
    moves: { done: 6, total: 14 },
    ...over,
  });
const aTask = (over: Partial<JobTask> = {}): JobTask => ({
  taskId: 30,
  status: "running",
  pid: 4711,
  command: "SELECT pg_catalog.citus_move_shard_placement(102034,7,2,'auto')",
  move: { shardId: 102034, sourceNodeId: 7, targetNodeId: 2, mode: "auto" },
  retryCount: 0,
  notBefore: null,
  message: null,
  dependsOn: [],
  blockedBy: null,
  ...over,
});
const aMove: MoveProgress = {
  sessionId: 4711,
  shardIds: [102034],
  source: "127.0.0.1:55179",
  target: "127.0.0.1:55165",
  phase: "Copying Data",
  operation: "move",
  sourceBytes: 10,
  targetBytes: 4,
  lagBytes: null,
};
const some = (over: Partial<Jobs> = {}): Jobs => ({
  jobs: [aJob()],
  tasks: [aTask()],
  progress: [aMove],
  progressProblem: null,
  executors: 1,
  executorsPerNode: 1,
  queueIntervalMs: 5_000,
  clock: 0,
  monitorAlive: true,
  record: null,
  brakes: null,
  ...over,
});

test("done of all, and the running task with its phase found by the executor's pid", () => {
  const seen = jobProgress(some(), 9);
  expect([seen?.done, seen?.total, seen?.isOpen]).toEqual([6, 14, true]);
  expect(seen?.current[0]?.progress?.phase).toBe("Copying Data");
});

test("an older job does not borrow the tasks of the newest", () => {
  const jobs = some({ jobs: [aJob({ jobId: 10 }), aJob({ state: "cancelled" })] });
  expect(jobProgress(jobs, 9)).toMatchObject({ isOpen: false, current: [] });
});

test("a task that failed and waits for its next try is named", () => {
  const waiting = aTask({ status: "runnable", pid: null, retryCount: 4, message: "connection refused" });
  expect(jobProgress(some({ tasks: [waiting] }), 9)?.retrying).toEqual([waiting]);
});

test("a job the topic does not hold yet is not known, rather than empty", () => {
  expect(jobProgress(some(), 11)).toBeNull();
});
