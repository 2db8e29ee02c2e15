import "server-only";
import type { ChangePlan, Note } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Actor, mayActor } from "@/server/auth/actor";
import type { Target } from "@/server/clusters";
import { findRival, settleJobClaims } from "@/server/runs/rivals";
import { state } from "@/server/store/state";
import { confirmationFor } from "./confirmation";
import type { Change } from "./define";
import { fingerprintOf, planOf, refusalOf } from "./plan";

/** What a change would do now, whether this person may start it, and who is in the way. Where nothing is, with the proof that it was shown. */
export async function previewOf<Input extends { clusterId: ClusterId }>(
  change: Change<Input>,
  target: Target,
  actor: Actor,
  input: Input,
): Promise<ChangePlan> {
  const prepared = await change.prepare(target, input);
  await settleJobClaims(target);
  const rival = await findRival(await state(), target.clusterId, prepared.claims);
  const inTheWay: Note | undefined = rival ? { tone: "bad", text: rival.sentence, runId: rival.runId } : undefined;
  const mayStart = mayActor(actor, change.permission, target);
  const isStartable = mayStart.allowed && !inTheWay && refusalOf(prepared) === null;
  const shown = {
    actor,
    clusterId: target.clusterId,
    change: change.name,
    input,
    fingerprint: fingerprintOf(prepared),
  };
  const confirmation = isStartable ? await confirmationFor(shown) : null;
  return planOf(target, change, prepared, { mayStart, inTheWay, confirmation });
}
