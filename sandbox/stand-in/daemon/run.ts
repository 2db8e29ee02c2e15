import type { Pace } from "./pace.ts";
import type { Task } from "./queue.ts";
import type { Session } from "./session.ts";

/** A task at work. */
export type Run = { url: string; pace: Pace; executor: Session; task: Pick<Task, "command">; signal: AbortSignal };

/** Waits inside the executor's session, so that cancelling that backend ends the wait, and its query is the task's. */
export async function spend({ executor, task, signal }: Run, ms: number): Promise<void> {
  signal.throwIfAborted();
  await executor.query(`/* ${task.command.replaceAll("*/", "")} */ select pg_catalog.pg_sleep($1)`, [ms / 1000]);
  signal.throwIfAborted();
}
