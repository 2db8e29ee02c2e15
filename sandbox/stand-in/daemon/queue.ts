import pg from "pg";
import type { Pace } from "./pace.ts";
import { openSession, type Session, urlFor } from "./session.ts";
import { runTask } from "./task.ts";

export type Daemon = { url: string; pace: Pace; session: Session; signal: AbortSignal };
export type Task = { task_id: string; job_id: string; owner: string; command: string };

/** How often the queue is looked at while something in it is at work. */
const BUSY_POLL_MS = 150;

/** Starts tasks as their limits and dependencies allow, and writes down how they end, until the signal comes. */
export async function workOffQueue(daemon: Daemon): Promise<void> {
  const running = new Map<string, { task: Promise<void>; stop: AbortController }>();
  let monitor: Session | null = null;
  try {
    while (!daemon.signal.aborted) {
      await stopCancelled(daemon.session, running);
      const tasks = await startableTasks(daemon.session);
      if (tasks.length > 0) monitor ??= await openSession(daemon.url, "citus background task queue monitor");
      for (const task of tasks) {
        if (running.has(task.task_id)) continue;
        const stop = new AbortController();
        const ended = carryOut(daemon, task, AbortSignal.any([daemon.signal, stop.signal]));
        running.set(task.task_id, { stop, task: ended.finally(() => running.delete(task.task_id)) });
      }
      if (running.size === 0 && monitor) {
        await monitor[Symbol.asyncDispose]();
        monitor = null;
      }
      await pause(running.size > 0 ? BUSY_POLL_MS : await queueInterval(daemon), daemon.signal);
    }
  } finally {
    await Promise.allSettled([...running.values()].map(({ task }) => task));
    await monitor?.[Symbol.asyncDispose]();
  }
}

async function startableTasks(session: Session): Promise<Task[]> {
  return session.query<Task>(
    "select task_id::text, job_id::text, owner::text, command from citus_internal.startable_tasks()",
  );
}

async function stopCancelled(session: Session, running: Map<string, { stop: AbortController }>): Promise<void> {
  const rows = await session.query<{ task_id: string }>(
    "select task_id::text from pg_catalog.pg_dist_background_task where status = 'cancelling'",
  );
  for (const { task_id } of rows) running.get(task_id)?.stop.abort();
}

/** One task in a session of its own, as its owner: that session's process id is what pg_dist_background_task shows. */
async function carryOut({ url, pace, session, signal: daemonSignal }: Daemon, task: Task, signal: AbortSignal) {
  let failure: unknown;
  try {
    const owner = task.owner.replaceAll(/^"|"$/g, "").replaceAll('""', '"');
    await using executor = await openSession(urlFor(url, null, owner), "citus background task queue executor");
    const [claim] = await session.query<{ ours: boolean }>("select citus_internal.task_started($1, $2) as ours", [
      task.task_id,
      executor.pid,
    ]);
    if (!claim?.ours) return;
    await runTask({ url, pace, executor, task, signal });
  } catch (cause) {
    failure = cause;
  }
  if (daemonSignal.aborted) return; // whoever is daemon next finds the task running and starts again
  try {
    if (failure === undefined) await session.query("select citus_internal.task_done($1)", [task.task_id]);
    else await session.query("select citus_internal.task_failed($1, $2)", [task.task_id, messageOf(failure, signal)]);
  } catch (cause) {
    process.stderr.write(`task ${task.task_id}: its end could not be written down: ${String(cause)}\n`);
  }
}

/** As the server would have put it in its log: that is what Citus keeps. */
function messageOf(failure: unknown, signal: AbortSignal): string {
  if (signal.aborted) return "ERROR:  canceling statement due to user request\n";
  if (!(failure instanceof pg.DatabaseError))
    return `ERROR:  ${failure instanceof Error ? failure.message : failure}\n`;
  const { message, detail, hint } = failure;
  return [`ERROR:  ${message}`, detail && `DETAIL:  ${detail}`, hint && `HINT:  ${hint}`, ""]
    .filter((line) => line !== undefined)
    .join("\n");
}

async function queueInterval({ session, pace }: Daemon): Promise<number> {
  const [row] = await session.query<{ ms: number }>(
    "select citus_internal.setting_ms('citus.background_task_queue_interval', 5000) as ms",
  );
  const wanted = row?.ms ?? pace.longestQueueIntervalMs;
  return Math.min(wanted < 0 ? pace.longestQueueIntervalMs : wanted, pace.longestQueueIntervalMs);
}

export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
