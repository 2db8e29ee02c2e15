import "server-only";
import type { LockWait } from "@/lib/domain/activity";
import { partsOf } from "@/lib/domain/global-pid";
import type { JobTask, MoveProgress } from "@/lib/domain/job";
import { progressOfTask } from "@/lib/domain/job-work";
import { readActivity } from "@/server/activity/reads";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";

/** A move that stands still for so long may wait for a lock; one that only catches up does not hurry either. */
const STILL_MS = 8_000;
/** Every node is asked for it, so not with each look. */
const ASK_EVERY_MS = 8_000;

type Still = { print: string; since: number };
type LockMemory = { still: Map<number, Still>; askedAt: number; waits: readonly LockWait[]; isAsking: boolean };

const holder = globalThis as typeof globalThis & { __shardboardJobLocks?: Map<string, LockMemory> };

function memoryOf({ clusterId }: Target): LockMemory {
  holder.__shardboardJobLocks ??= new Map();
  const known = holder.__shardboardJobLocks.get(clusterId);
  if (known) return known;
  const fresh: LockMemory = { still: new Map(), askedAt: Number.NEGATIVE_INFINITY, waits: [], isAsking: false };
  holder.__shardboardJobLocks.set(clusterId, fresh);
  return fresh;
}

/** The same tasks, those that wait for a lock with the session that holds it. Asked beside the reading, and only while a task stands still. */
export function withBlockers(target: Target, tasks: readonly JobTask[], progress: readonly MoveProgress[]): JobTask[] {
  const memory = memoryOf(target);
  const now = performance.now();
  const running = tasks.filter((task) => task.status === "running" && task.pid !== null);
  memory.still = new Map(
    running.map((task) => [task.taskId, stillOf(task, progress, memory.still.get(task.taskId), now)]),
  );
  const isStill = (taskId: number) => now - (memory.still.get(taskId)?.since ?? now) >= STILL_MS;
  if (!running.some((task) => isStill(task.taskId))) {
    memory.waits = [];
    return [...tasks];
  }
  if (!memory.isAsking && now - memory.askedAt >= ASK_EVERY_MS) ask(target, memory, now);
  return tasks.map((task) => (isStill(task.taskId) ? { ...task, blockedBy: blockerOf(task, memory.waits) } : task));
}

function stillOf(task: JobTask, progress: readonly MoveProgress[], known: Still | undefined, now: number): Still {
  const move = progressOfTask(task, progress);
  const print = JSON.stringify([task.pid, move?.phase, move?.targetBytes, move?.lagBytes]);
  return known?.print === print ? known : { print, since: now };
}

function ask(target: Target, memory: LockMemory, now: number): void {
  memory.isAsking = true;
  memory.askedAt = now;
  readActivity(target)
    .then(({ waits }) => {
      memory.waits = waits;
    })
    .catch((cause: unknown) => log.warn("who blocks a move is not known", { cause, clusterId: target.clusterId }))
    .finally(() => {
      memory.isAsking = false;
    });
}

/** Citus' sessions on the workers carry the number of the session that they work for. */
function blockerOf({ pid }: JobTask, waits: readonly LockWait[]): string | null {
  const wait = waits.find(({ waiter, blocker }) => partsOf(waiter).pid === pid && blocker.kind === "session");
  return wait?.blocker.kind === "session" ? wait.blocker.globalPid : null;
}
