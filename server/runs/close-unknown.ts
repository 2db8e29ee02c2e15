import "server-only";
import { z } from "zod";
import type { Run } from "@/lib/domain/change";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { AppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import type { Actor } from "@/server/auth/actor";
import type { Target } from "@/server/clusters";
import { findRun, saveRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { announceRuns } from "./announce";

export const closeRunInput = z.object({
  clusterId: clusterIdSchema,
  runId: z.string().max(64),
  remark: z.string().trim().min(3, "Say what you found.").max(1_000),
});

/**
 * Somebody looked at an operation whose end could not be found out, and says what they found. The state stays "unknown": it is what
 * the console knows.
 *
 * @throws AppError `not_found`, `conflict` where it is not unknown or was closed before
 */
export async function closeUnknown(
  target: Target,
  { runId, remark }: z.infer<typeof closeRunInput>,
  actor: Actor,
): Promise<Run> {
  const closed = await (await state()).transaction(async (inside) => {
    const stored = await findRun(inside, runId);
    if (stored?.clusterId !== target.clusterId)
      throw new AppError("not_found", "There is no such operation on this cluster.");
    const { run } = stored;
    if (run.state !== "unknown")
      throw new AppError("conflict", `The operation is ${run.state}: there is nothing to close.`);
    if (run.closed) throw new AppError("conflict", `${run.closed.by} closed it before: ${run.closed.remark}`);
    run.closed = { at: Date.now(), by: actor.name, remark };
    if (!(await saveRun(inside, run, stored.instance))) throw new Error("nobody follows a run that is over");
    const { change, subject } = run;
    const details = { change, subject, remark };
    await appendInside(inside, { kind: "closed", clusterId: target.clusterId, actor, runId, details });
    return run;
  });
  await announceRuns(target);
  return closed;
}
