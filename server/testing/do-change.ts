import "server-only";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Actor } from "@/server/auth/actor";
import type { Change, Prepared } from "@/server/changes/define";
import { refusalOf } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { startRun } from "@/server/runs/run-change";

/** An admin of every cluster, for tests that are not about rights. */
export const TESTER: Actor = {
  id: "local:test",
  name: "test",
  sessionId: "test",
  from: "127.0.0.1",
  signedInBy: "password",
  provenAt: Number.MAX_SAFE_INTEGER,
  roles: new Map([["*", "admin"]]),
};

/** Does a change from the plan to the end of its run, as the action would; a refused one is not started. */
export async function doChange<Input extends { clusterId: ClusterId }>(
  change: Change<Input>,
  target: Target,
  input: Input,
): Promise<{ prepared: Prepared; refusal: string | null; run: Run | null }> {
  const prepared = await change.prepare(target, input);
  const refusal = refusalOf(prepared);
  if (refusal !== null) return { prepared, refusal, run: null };
  const { run, ended } = await startRun(target, TESTER, change.name, prepared, input);
  await ended;
  return { prepared, refusal, run };
}
