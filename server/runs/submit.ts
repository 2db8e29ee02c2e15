import "server-only";
import { z } from "zod";
import { actionIdSchema } from "@/lib/domain/action-id";
import type { Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { AppError } from "@/lib/errors";
import { visibleText } from "@/lib/format/visible";
import type { Actor } from "@/server/auth/actor";
import { requireConfirmation } from "@/server/changes/confirmation";
import type { Change, Prepared } from "@/server/changes/define";
import { fingerprintOf, refusalOf } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { countEndedRuns } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { type Ask, knownRun } from "./begin";
import { followedRuns } from "./followed";
import { findRival, settleJobClaims } from "./rivals";
import { type Send, type Started, startRun } from "./run-change";

/** What comes with a confirmed change, beside its input. */
export const confirmedSchema = z.object({
  actionId: actionIdSchema,
  /** Of the plan that was on screen, with the proof that it was. */
  fingerprint: z.string().max(64),
  confirmation: z.string().max(200),
  typed: z.string().max(500).optional(),
  reason: z.string().trim().max(500).optional(),
});
export type Confirmed = z.infer<typeof confirmedSchema>;

/** A quick change is over before the browser would have asked again; a long one is followed as the topic `runs`. */
const PATIENCE_MS = 1_500;
/** Each time another run ended between the look and the start, it is looked again. */
const ATTEMPTS = 5;

/**
 * Does what was confirmed, once, however often it is submitted: makes the plan again, refuses one that differs from what was
 * confirmed or that collides with what somebody else does, puts it on record and starts it.
 *
 * @throws AppError `confirmation_expired`, `stale_plan`, `conflict`, `bad_input`, `record_failed`: nothing was sent
 */
export async function submit<Input extends { clusterId: ClusterId }>(
  change: Change<Input>,
  target: Target,
  actor: Actor,
  input: Input,
  confirmed: Confirmed,
  send?: Send,
): Promise<Run> {
  const { actionId, reason } = confirmed;
  const ask: Ask = { actionId, target, actor, change, input, reason: reason || null };
  const known = await knownRun(ask, await state());
  if (known) return asItIs(known);
  const started = await once(ask, async () => {
    const { clusterId } = target;
    await requireConfirmation(confirmed.confirmation, {
      actor,
      clusterId,
      change: change.name,
      input,
      fingerprint: confirmed.fingerprint,
    });
    return start(ask, () => change.prepare(target, input), confirmed, send).catch(async (cause: unknown) => {
      // What is in its way may be itself: the same deed that another process began meanwhile. Then that run is the answer.
      const begun = await knownRun(ask, await state());
      if (begun) return { kind: "known" as const, run: begun };
      throw cause;
    });
  });
  return asItIs(started.run);
}

async function start(ask: Ask, prepare: () => Promise<Prepared>, confirmed: Confirmed, send: Send | undefined) {
  const { target } = ask;
  const database = await state();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const endedBefore = await countEndedRuns(database, target.clusterId);
    const prepared = await prepare();
    await settleJobClaims(target);
    const rival = await findRival(database, target.clusterId, prepared.claims);
    if (rival) throw new AppError("conflict", rival.sentence, { runId: rival.runId });
    requireAsConfirmed(prepared, confirmed);
    const started = await startRun(ask, prepared, endedBefore, send);
    if (started.kind !== "moved") return started;
  }
  throw new AppError("conflict", "Other operations on this cluster end one after another. Look at the plan again.");
}

function requireAsConfirmed(prepared: Prepared, { fingerprint, typed }: Confirmed): void {
  const refusal = refusalOf(prepared);
  if (refusal) throw new AppError("conflict", refusal);
  if (fingerprintOf(prepared) !== fingerprint)
    throw new AppError("stale_plan", "What would run now differs from what was confirmed.");
  // The name as it is shown: what is not seen in it is written out, and typed.
  const wanted = prepared.typed === undefined ? undefined : visibleText(prepared.typed);
  if (wanted !== undefined && typed !== wanted)
    throw new AppError("bad_input", `To confirm, "${wanted}" has to be typed.`);
}

type Start = Promise<Exclude<Started, { kind: "moved" }>>;
const holder = globalThis as typeof globalThis & { __shardboardStarting?: Map<string, Start> };

/** The same submitted many times at once looks at the cluster once. Across processes the table of runs decides. */
function once({ actionId, actor, change, input }: Ask, work: () => Start): Start {
  holder.__shardboardStarting ??= new Map();
  const starting = holder.__shardboardStarting;
  const key = JSON.stringify([actionId, actor.id, change.name, input]);
  const known = starting.get(key);
  if (known) return known;
  const started = work().finally(() => starting.delete(key));
  starting.set(key, started);
  return started;
}

/** The run as it stands; one that is about to end is waited for. */
async function asItIs(run: Run): Promise<Run> {
  const followed = followedRuns().get(run.id);
  if (!followed) return structuredClone(run);
  await Promise.race([followed.ended, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())]);
  return structuredClone(followed.record.run);
}
