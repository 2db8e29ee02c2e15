import { expect, test } from "vitest";
import { aPicture } from "@/lib/testing/layout";
import type { Jobs, JobTask } from "./job";
import { copiedFraction, movesOf } from "./shard-moves";

const picture = aPicture();
const NO_JOBS: Jobs = {
  jobs: [],
  tasks: [],
  progress: [],
  progressProblem: null,
  executors: null,
  executorsPerNode: null,
  queueIntervalMs: null,
  clock: null,
  monitorAlive: null,
  record: null,
  brakes: null,
};

/** A move of the shard from worker 1 (nodeid 2) to worker 2 (nodeid 3). */
function aTask(shardId: number, status: JobTask["status"], targetNodeId = 3): JobTask {
  return {
    taskId: shardId,
    status,
    pid: null,
    command: "",
    move: { shardId, sourceNodeId: 2, targetNodeId, mode: "auto" },
    retryCount: 0,
    notBefore: null,
    message: null,
    dependsOn: [],
    blockedBy: null,
  };
}

const progress = {
  sessionId: 1,
  shardIds: [102008, 102016],
  source: "127.0.0.1:55165",
  target: "127.0.0.1:55166",
  phase: "Copying Data",
  operation: "move",
  sourceBytes: 100,
  targetBytes: 40,
  lagBytes: null,
};

test("a running task is a move with its progress, a waiting one has none yet", () => {
  const tasks = [aTask(102008, "running"), aTask(102011, "blocked")];
  const moves = movesOf(picture, { ...NO_JOBS, tasks, progress: [progress] });
  expect(moves.map((move) => [move.group.id, move.from, move.to, move.progress?.phase])).toEqual([
    [102008, 1, 2, "Copying Data"],
    [102011, 1, 2, undefined],
  ]);
  expect(moves.map(copiedFraction)).toEqual([0.4, null]);
});

test("a move that somebody started by hand has no task and is seen all the same", () => {
  const [move] = movesOf(picture, { ...NO_JOBS, progress: [progress] });
  expect(move).toMatchObject({ from: 1, to: 2 });
});

test("what is done, and what has arrived though the job does not say so yet, is not on its way", () => {
  const tasks = [aTask(102008, "done"), aTask(102011, "running", 2)];
  expect(movesOf(picture, { ...NO_JOBS, tasks })).toEqual([]);
  expect(movesOf(picture, null)).toEqual([]);
});

test("a target that ends larger than its source is copied in full, not more", () => {
  const [move] = movesOf(picture, { ...NO_JOBS, progress: [{ ...progress, targetBytes: 130 }] });
  expect(move && copiedFraction(move)).toBe(1);
});
