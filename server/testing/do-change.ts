import "server-only";
import { newActionId } from "@/lib/domain/action-id";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Actor } from "@/server/auth/actor";
import type { Change, Effect, Prepared } from "@/server/changes/define";
import { refusalOf } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { settleJobClaims } from "@/server/runs/rivals";
import { startRun } from "@/server/runs/run-change";
import { countEndedRuns } from "@/server/store/runs";
import { state } from "@/server/store/state";

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
  const endedBefore = await countEndedRuns(await state(), target.clusterId);
  const prepared = await change.prepare(target, input);
  const refusal = refusalOf(prepared);
  if (refusal !== null) return { prepared, refusal, run: null };
  const ask = { actionId: newActionId(), target, actor: TESTER, change, input, reason: null };
  await settleJobClaims(target);
  const started = await startRun(ask, prepared, endedBefore);
  if (started.kind !== "started") throw new Error(`the change was not started: ${started.kind}`);
  await started.ended;
  return { prepared, refusal, run: started.run };
}

/** A prepared change whose effect can be looked for, as it is after its statements were answered. */
export type Planned = Prepared & { look: () => Promise<Effect> };

export async function plan<Input extends { clusterId: ClusterId }>(
  change: Change<Input>,
  target: Target,
  input: Input,
): Promise<Planned> {
  const prepared = await change.prepare(target, input);
  // As JSON: what is kept has to be enough for another process.
  const before: unknown = JSON.parse(JSON.stringify(prepared.before));
  const look = () => change.effect(target, { input, before }, { jobId: null, messages: [], isAnswered: true });
  return { ...prepared, look };
}
