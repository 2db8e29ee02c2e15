import { pause } from "./queue.ts";
import { openSession, type Session } from "./session.ts";

/**
 * Drops what moves left behind, every citus.defer_shard_delete_interval. In a session of its own, because a node that
 * does not answer holds it up, and the queue must not wait for that.
 */
export async function tidyRegularly(url: string, session: Session, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [row] = await session.query<{ ms: number }>(
      "select citus_internal.setting_ms('citus.defer_shard_delete_interval', 15000) as ms",
    );
    const interval = row?.ms ?? 15_000;
    await pause(interval < 0 ? 15_000 : interval, signal);
    if (signal.aborted || interval < 0) continue;
    try {
      await using own = await openSession(url, "citus_internal clean-up");
      await own.query("call pg_catalog.citus_cleanup_orphaned_resources()");
    } catch (cause) {
      if (!signal.aborted) process.stderr.write(`clean-up: ${String(cause)}\n`);
    }
  }
}
