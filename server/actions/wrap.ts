import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { z } from "zod";
import type { ActionResult } from "@/lib/action-result";
import type { ChangePlan, Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import { type Actor, requireRight } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import type { Change } from "@/server/changes/define";
import { fingerprintOf, planOf, refusalOf } from "@/server/changes/plan";
import { openCluster, type Target } from "@/server/clusters";
import { requireSameOrigin } from "@/server/http/guard";
import { parse } from "@/server/parse";
import { toProblem } from "@/server/problem";
import { startRun } from "@/server/runs/run-change";

type ClusterInput = { clusterId: ClusterId };
type Definition<Input extends ClusterInput, Output> = {
  permission: Permission;
  input: z.ZodType<Input>;
  run: (target: Target, input: Input, actor: Actor) => Promise<Output>;
};

/** A quick change is over before the browser would have asked again; a long one is followed as the topic `runs`. */
const PATIENCE_MS = 1_500;

/** The one way to write a server action: which site asks, who, what, may they; then the work. Failures are values. */
function guarded<Input extends ClusterInput, Output>({ permission, input, run }: Definition<Input, Output>) {
  return async function action(raw: unknown): Promise<ActionResult<Output>> {
    try {
      const asked = await headers();
      requireSameOrigin(asked);
      const actor = await requireActor(asked);
      const parsed = parse(input, raw);
      const target = openCluster(parsed.clusterId);
      requireRight(actor, permission, target);
      return { ok: true, data: await run(target, parsed, actor) };
    } catch (cause) {
      return { ok: false, problem: toProblem(cause, randomUUID()) };
    }
  };
}

/** An action that answers one question and changes nothing. */
export function askAction<Input extends ClusterInput, Output>(
  definition: Omit<Definition<Input, Output>, "permission">,
) {
  return guarded({ ...definition, permission: "cluster:read" });
}

/** What a change would do now: its statements, what was looked at, and why it is refused if it is. */
export function previewAction<Input extends ClusterInput>(change: Change<Input>) {
  return guarded<Input, ChangePlan>({
    permission: "plan:make",
    input: change.input,
    run: async (target, input) => planOf(target, change.name, await change.prepare(target, input)),
  });
}

/**
 * Does a change: makes the plan again, refuses one that differs from what was confirmed, puts it on record and starts it.
 * Returns the run; when it was quick it is already over.
 */
export function changeAction<Input extends ClusterInput>(change: Change<Input>) {
  const confirmed = z.object({ fingerprint: z.string(), typed: z.string().optional() });
  return guarded<Input & z.infer<typeof confirmed>, Run>({
    permission: change.permission,
    input: z.intersection(change.input, confirmed),
    run: async (target, input, actor) => {
      const prepared = await change.prepare(target, input);
      const refusal = refusalOf(prepared);
      if (refusal) throw new AppError("conflict", refusal);
      if (fingerprintOf(prepared) !== input.fingerprint)
        throw new AppError("stale_plan", "What would run now differs from what was confirmed.");
      if (prepared.typed !== undefined && input.typed !== prepared.typed)
        throw new AppError("bad_input", `To confirm, "${prepared.typed}" has to be typed.`);
      const { run, ended } = await startRun(target, actor, change.name, prepared, input);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
      return structuredClone(run);
    },
  });
}
