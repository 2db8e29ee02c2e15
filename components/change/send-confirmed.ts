import { unwrap } from "@/lib/action-result";
import type { ChangePlan, Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { ProblemError } from "@/lib/errors";
import { withProof } from "@/lib/proof";
import type { ChangeActions } from "@/lib/queries/changes";

/** What a person confirmed: the plan that was on screen, under the id of this one deed. */
export type ConfirmedPlan = {
  plan: ChangePlan;
  actionId: string;
  typed: string | undefined;
  reason: string | undefined;
};

/**
 * Sends what was confirmed. Where the server wants a fresh proof of identity, the person is asked for it first. A confirmation that
 * ran out meanwhile is renewed without a word where the plan is still the same; where it is not, the answer is `stale_plan`, as if
 * the server had found it.
 */
export async function sendConfirmed<Input extends { clusterId: ClusterId }>(
  actions: ChangeActions<Input>,
  input: Input,
  { plan, actionId, typed, reason }: ConfirmedPlan,
): Promise<Run> {
  const { fingerprint } = plan;
  const send = (confirmation: string) =>
    withProof(() => unwrap(actions.start({ ...input, actionId, fingerprint, confirmation, typed, reason })));
  try {
    if (plan.confirmation !== null) return await send(plan.confirmation);
  } catch (cause) {
    if (!(cause instanceof ProblemError) || cause.problem.code !== "confirmation_expired") throw cause;
  }
  const again = await unwrap(actions.preview(input));
  if (again.fingerprint === fingerprint && again.confirmation !== null) return send(again.confirmation);
  const detail = again.refusal ?? "What would run now differs from what was confirmed.";
  throw new ProblemError({ code: "stale_plan", detail, traceId: "none" });
}
