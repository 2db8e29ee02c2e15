import "server-only";
import { isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { log } from "@/server/log";
import { onPool } from "@/server/pg/run";

/**
 * The sentence with which the console does not start: a read login is a superuser and nobody allowed it. null: it may start. A
 * cluster that is not reached now is looked at by its first session, which is refused then.
 */
export async function strongReaderRefusal(targets: readonly Target[]): Promise<string | null> {
  const refusals = await Promise.all(targets.map(refusalOf));
  return refusals.find((refusal) => refusal !== null) ?? null;
}

async function refusalOf(target: Target): Promise<string | null> {
  try {
    await onPool(target, "read", undefined, "session.look", async () => {});
    return null;
  } catch (cause) {
    if (isAppError(cause) && cause.code === "login_too_strong") return cause.message;
    log.warn("a cluster was not reached when the console started", { cause, clusterId: target.clusterId });
    return null;
  }
}
