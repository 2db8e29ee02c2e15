import "server-only";
import { newActionId } from "@/lib/domain/action-id";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Actor } from "@/server/auth/actor";
import { mayActor } from "@/server/auth/actor";
import type { Change } from "@/server/changes/define";
import { refusalOf } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { findPerson, grantsOf } from "@/server/store/people";
import { countEndedRuns, type Recall } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { findRival, settleJobClaims } from "./rivals";
import { startRun } from "./run-change";

/** What came of it: a run that is over, or why none began. */
export type OnBehalf = { run: Run } | { refused: string };

type Asked = {
  starter: Recall["starter"];
  reason: string;
  /** It brings back what was before: that needs no right but that the cluster may be changed at all. */
  restores?: boolean;
};
type Roles = Actor["roles"];

const RESTORER: Roles = new Map([["*", "admin"]]);

/**
 * Does a change that somebody asked for beforehand, without them: what a brake does, and what is put back after a run. It is an
 * operation of that person, with the reason on record, and only if they still may.
 */
export async function runOnBehalf<Input extends { clusterId: ClusterId }>(
  change: Change<Input>,
  target: Target,
  input: Input,
  { starter, reason, restores = false }: Asked,
): Promise<OnBehalf> {
  const database = await state();
  const actor = restores ? actorWith(starter, RESTORER) : await actorOf(starter);
  if (!actor) return { refused: `The account of ${starter.name} is disabled.` };
  const verdict = mayActor(actor, change.permission, target);
  if (!verdict.allowed) return { refused: `${starter.name} may no longer do it. ${verdict.because}` };
  const endedBefore = await countEndedRuns(database, target.clusterId);
  const prepared = await change.prepare(target, input);
  const refusal = refusalOf(prepared);
  if (refusal !== null) return { refused: refusal };
  await settleJobClaims(target);
  const rival = await findRival(database, target.clusterId, prepared.claims);
  if (rival) return { refused: rival.sentence };
  const started = await startRun(
    { actionId: newActionId(), target, actor, change, input, reason },
    prepared,
    endedBefore,
  );
  if (started.kind === "moved") return { refused: "Another operation ended this moment." };
  if (started.kind === "started") await started.ended;
  return { run: started.run };
}

/** The person with the roles they have now. null: the account is disabled. */
async function actorOf(starter: Recall["starter"]): Promise<Actor | null> {
  const database = await state();
  const person = await findPerson(database, starter.id);
  if (person?.isDisabled) return null;
  const grants = await grantsOf(database, starter.id);
  return actorWith(starter, new Map(grants.map(({ cluster, role }) => [cluster, role])));
}

function actorWith({ id, name, sessionId, from }: Recall["starter"], roles: Roles): Actor {
  return { id, name, sessionId, from, signedInBy: "password", provenAt: 0, roles };
}
