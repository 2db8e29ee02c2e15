import { unwrap } from "@/lib/action-result";
import type { ChangePlan, Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { ProblemError } from "@/lib/errors";
import type { ChangeActions } from "@/lib/queries/changes";

/** What a person confirmed: the plan that was on screen, under the id of this one deed. */
export type ConfirmedPlan = {
  plan: ChangePlan;
  actionId: string;
  typed: string | undefined;
  reason: string | undefined;
};

/**
 * Sends what was confirmed. A confirmation that ran out while the plan was read is renewed without a word where the plan is still
 * the same; where it is not, the answer is `stale_plan`, as if the server had found it.
 */
export async function sendConfirmed<Input extends { clusterId: ClusterId }>(
  actions: ChangeActions<Input>,
  input: Input,
  { plan, actionId, typed, reason }: ConfirmedPlan,
): Promise<Run> {
  const send = (confirmation: string) =>
    actions.start({ ...input, actionId, fingerprint: plan.fingerprint, confirmation, typed, reason });
  const first = plan.confirmation === null ? null : await send(plan.confirmation);
  if (first && (first.ok || first.problem.code !== "confirmation_expired")) return unwrap(Promise.resolve(first));
  const again = await unwrap(actions.preview(input));
  if (again.fingerprint === plan.fingerprint && again.confirmation !== null) return unwrap(send(again.confirmation));
  throw new ProblemError({
    code: "stale_plan",
    detail: again.refusal ?? "What would run now differs from what was confirmed.",
    traceId: first && !first.ok ? first.problem.traceId : "",
  });
}
