import "server-only";
import { headers } from "next/headers";
import { z } from "zod";
import type { ActionResult } from "@/lib/action-result";
import type { ChangePlan, Run } from "@/lib/domain/change";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import { type Permission, reachOf } from "@/lib/domain/permission";
import { redactPlan, redactRun } from "@/lib/domain/redact";
import { redactProblem } from "@/lib/domain/redact-words";
import { isAppError } from "@/lib/errors";
import { appendAudit } from "@/server/audit/append";
import { type Actor, requireRight } from "@/server/auth/actor";
import { mayReadRaw, readRawOnRecord } from "@/server/auth/raw-reading";
import type { Change } from "@/server/changes/define";
import { previewOf } from "@/server/changes/preview";
import { openCluster, type Target } from "@/server/clusters";
import { enterToChange } from "@/server/http/enter";
import { refusalOf } from "@/server/http/refusal";
import { parse } from "@/server/parse";
import { type Confirmed, confirmedSchema, submit } from "@/server/runs/submit";

type ClusterInput = { clusterId: ClusterId };
type Definition<Input extends ClusterInput, Output> = {
  permission: Permission;
  input: z.ZodType<Input>;
  run: (target: Target, input: Input, actor: Actor) => Promise<Output>;
  /** The answer as somebody without the right to read literals sees it; null: it holds no words of people, rows or servers. */
  redact: ((answer: Output) => Output) | null;
};

const aboutCluster = z.looseObject({ clusterId: clusterIdSchema });

/** The one way to write a server action: which site asks, who, how often, which cluster, may they, what; then the work. Failures are values. */
function guarded<Input extends ClusterInput, Output>({ permission, input, run, redact }: Definition<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    const asked = await headers();
    let person: string | undefined;
    // What fails before it is known who asks was said by the console itself.
    let seesLiterals = true;
    try {
      const actor = await enterToChange(asked);
      person = actor.id;
      const target = openCluster(parse(aboutCluster, raw).clusterId);
      seesLiterals = mayReadRaw(actor, target).allowed;
      await requireOnRecord(actor, permission, target);
      // Only now: who may not do it does not learn what the input would have to be.
      const answer = await run(target, parse(input, raw), actor);
      return { ok: true, data: seesLiterals || redact === null ? answer : redact(answer) };
    } catch (cause) {
      const problem = refusalOf(cause, asked, person);
      return { ok: false, problem: seesLiterals ? problem : redactProblem(problem) };
    }
  };
}

/** A change that is refused for want of a right is on record: somebody tried. */
async function requireOnRecord(actor: Actor, permission: Permission, target: Target): Promise<void> {
  try {
    requireRight(actor, permission, target);
  } catch (cause) {
    if (isAppError(cause) && cause.code === "not_allowed" && reachOf(permission) === "change")
      await appendAudit({
        kind: "refused",
        clusterId: target.clusterId,
        actor,
        details: { permission, because: cause.message },
      });
    throw cause;
  }
}

/** An action that answers one question and changes nothing. */
export function askAction<Input extends ClusterInput, Output>(
  definition: Omit<Definition<Input, Output>, "permission">,
) {
  return guarded({ ...definition, permission: "cluster:read" });
}

/** A deed of the console's own, not a change of a cluster: it does what it says, and puts it on record. */
export function deedAction<Input extends ClusterInput, Output>(definition: Omit<Definition<Input, Output>, "redact">) {
  return guarded({ ...definition, redact: null });
}

/** What a change would do now: its statements, what was looked at, and why it is refused if it is. */
export function previewAction<Input extends ClusterInput>(change: Change<Input>) {
  return guarded<Input, ChangePlan>({
    permission: "plan:make",
    input: change.input,
    run: async (target, input, actor) => {
      const plan = await previewOf(change, target, actor, input);
      const quotes = plan.notes.some((note) => note.quotesSql);
      return quotes && !(await readRawOnRecord(actor, target, change.name)).allowed ? redactPlan(plan) : plan;
    },
    redact: redactPlan,
  });
}

/** Does a change that was confirmed, once. Returns the run; when it was quick it is already over. */
export function changeAction<Input extends ClusterInput>(change: Change<Input>) {
  return guarded<Input & Confirmed, Run>({
    permission: change.permission,
    input: z.intersection(change.input, confirmedSchema),
    // What is the change's own is taken out again: it is what the confirmation and the action id stand for.
    run: (target, input, actor) => submit(change, target, actor, change.input.parse(input), input),
    redact: redactRun,
  });
}
