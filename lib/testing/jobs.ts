import type { Job, Jobs, JobTask, MoveProgress } from "@/lib/domain/job";
import { parseMoveCommand } from "@/lib/domain/task-command";

export const aJob = (over: Partial<Job> = {}): Job => ({
  jobId: 9,
  state: "running",
  jobType: "rebalance",
  description: "Rebalance all colocation groups",
  startedAt: 1_000_000,
  finishedAt: null,
  taskCounts: { done: 1, running: 1, blocked: 1 },
  moves: { done: 1, total: 3 },
  mode: "auto",
  failure: null,
  ...over,
});

/** Say the command, and `move` follows from it. */
export function aTask(over: Partial<JobTask> = {}): JobTask {
  const command = over.command ?? "SELECT pg_catalog.citus_move_shard_placement(102034,2,7,'auto')";
  const move = parseMoveCommand(command);
  return {
    taskId: 30,
    status: "running",
    pid: 4711,
    command,
    move:
      move && "nodeId" in move.source && "nodeId" in move.target
        ? {
            shardId: move.shardId,
            sourceNodeId: move.source.nodeId,
            targetNodeId: move.target.nodeId,
            mode: move.mode,
          }
        : null,
    retryCount: 0,
    notBefore: null,
    message: null,
    dependsOn: [],
    blockedBy: null,
    ...over,
  };
}

export const aMove = (over: Partial<MoveProgress> = {}): MoveProgress => ({
  sessionId: 4711,
  shardIds: [102034],
  source: "127.0.0.1:55165",
  target: "127.0.0.1:55179",
  phase: "Copying Data",
  operation: "move",
  sourceBytes: 1000,
  targetBytes: 400,
  lagBytes: null,
  ...over,
});

export const someJobs = (over: Partial<Jobs> = {}): Jobs => ({
  jobs: [aJob()],
  tasks: [aTask()],
  progress: [aMove()],
  progressProblem: null,
  executors: 1,
  executorsPerNode: 1,
  queueIntervalMs: 5_000,
  clock: 1_060_000,
  monitorAlive: true,
  record: null,
  brakes: null,
  ...over,
});
