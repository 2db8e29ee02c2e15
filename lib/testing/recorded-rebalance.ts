import type { Job, Jobs, JobTask } from "@/lib/domain/job";
import { aJob, aMove, aTask, someJobs } from "./jobs";

/** A rebalance as a real Citus 13.2.2 ran it: shard of each move, source node, bytes. All went to node 7, after the reference tables. */
const MOVES: readonly (readonly [shardId: number, source: number, bytes: number])[] = [
  [102029, 2, 9019392],
  [102030, 3, 9035776],
  [102023, 2, 9011200],
  [102022, 4, 9199616],
  [102024, 3, 8765440],
  [102035, 2, 8790016],
  [102034, 4, 8871936],
  [102036, 3, 8593408],
  [102111, 2, 2048000],
  [102115, 3, 2154496],
  [102110, 4, 1712128],
  [102120, 2, 1089536],
  [102122, 3, 16384],
  [102121, 2, 16384],
];

type Look = readonly [
  second: number,
  state: Job["state"],
  done: number,
  progress: readonly [string, number, number] | null,
];

/** What was read of it at each change: tasks done, and phase, shard and target bytes of what runs. */
const LOOKS: readonly Look[] = [
  [0.2, "scheduled", 0, null],
  [0.8, "running", 0, ["Setting Up", 102104, 8192]],
  [2.9, "running", 1, ["Catching Up", 102029, 9027584]],
  [9.4, "running", 2, ["Copying Data", 102030, 1662976]],
  [10.0, "running", 2, ["Catching Up", 102030, 9043968]],
  [16.2, "running", 3, ["Copying Data", 102023, 1908736]],
  [16.8, "running", 3, ["Catching Up", 102023, 9019392]],
  [23.2, "running", 4, ["Copying Data", 102022, 4521984]],
  [23.8, "running", 4, ["Catching Up", 102022, 9207808]],
  [30.2, "running", 5, ["Copying Data", 102024, 1826816]],
  [30.9, "running", 5, ["Catching Up", 102024, 8773632]],
  [36.2, "running", 6, ["Setting Up", 102035, 24576]],
  [36.9, "running", 6, ["Catching Up", 102035, 8798208]],
  [42.9, "running", 6, null],
  [43.8, "running", 7, ["Copying Data", 102034, 4915200]],
  [44.6, "running", 7, ["Catching Up", 102034, 8880128]],
  [50.3, "running", 8, ["Setting Up", 102036, 8192]],
  [51.1, "running", 8, ["Catching Up", 102036, 8601600]],
  [51.7, "running", 8, ["Catching Up", 102036, 8601600]],
  [57.9, "running", 9, ["Catching Up", 102111, 2039808]],
  [64.1, "running", 9, ["Setting Up", 102115, 0]],
  [64.7, "running", 10, ["Catching Up", 102115, 2146304]],
  [70.9, "running", 11, ["Copying Data", 102110, 16384]],
  [71.6, "running", 11, ["Catching Up", 102110, 1703936]],
  [77.7, "running", 12, ["Catching Up", 102120, 1081344]],
  [83.7, "running", 12, null],
  [84.3, "running", 13, ["Catching Up", 102122, 16384]],
  [90.4, "running", 14, ["Setting Up", 102121, 8192]],
  [91.1, "running", 14, ["Catching Up", 102121, 16384]],
  [96.9, "finished", 15, null],
];

const STARTED_AT = 1_000_000;

export const RECORDED_BYTES = MOVES.reduce((sum, [, , bytes]) => sum + bytes, 0);
export const RECORDED_SECONDS = LOOKS.at(-1)?.[0] ?? 0;

/**
 * The topic as it read each second, without a record: that is what the test adds. The recording has a line per change; in
 * between it read the same.
 */
export function recordedLooks(): { second: number; jobs: Jobs }[] {
  return LOOKS.flatMap(([second, state, done, progress], position) => {
    const next = LOOKS[position + 1]?.[0] ?? second + 0.5;
    const seconds = Array.from({ length: Math.ceil(next - second) }, (_, index) => second + index);
    return seconds.map((at) => ({ second: at, jobs: jobsAt(at, state, done, progress) }));
  });
}

function jobsAt(second: number, state: Job["state"], done: number, progress: Look[3]): Jobs {
  const isOpen = state !== "finished";
  const tasks = [0, ...MOVES.map((_, index) => index + 1)].map((index) => taskAt(index, state, done));
  const moving = progress && MOVES.find(([shardId]) => shardId === progress[1]);
  // Citus reads the tasks and the moves one after the other, so now and then a move is already the next task's.
  const runs = tasks.find((task) => task.status === "running");
  return someJobs({
    jobs: [
      aJob({
        jobId: 1,
        state,
        mode: "force_logical",
        startedAt: state === "scheduled" ? null : STARTED_AT,
        finishedAt: isOpen ? null : STARTED_AT + second * 1000,
        moves: { done: Math.max(0, done - 1), total: MOVES.length },
      }),
    ],
    tasks,
    progress:
      progress && moving && runs?.move?.shardId === moving[0]
        ? [
            aMove({
              sessionId: 4711,
              shardIds: [moving[0]],
              phase: progress[0],
              sourceBytes: moving[2],
              targetBytes: progress[2],
            }),
          ]
        : [],
    clock: isOpen ? STARTED_AT + second * 1000 : null,
  });
}

function taskAt(index: number, state: Job["state"], done: number): JobTask {
  const [shardId, source] = MOVES[index - 1] ?? [];
  const command =
    shardId === undefined
      ? "SELECT pg_catalog.replicate_reference_tables('force_logical')"
      : `SELECT pg_catalog.citus_move_shard_placement(${shardId},${source},7,'force_logical')`;
  const isRunning = index === done && state === "running";
  const status = index < done ? "done" : isRunning ? "running" : "blocked";
  return aTask({
    taskId: index + 1,
    command,
    status,
    pid: isRunning ? 4711 : null,
    dependsOn: index === 0 ? [] : [index],
  });
}

export const recordedBytesOf = (shardId: number): number | null => MOVES.find(([id]) => id === shardId)?.[2] ?? null;
