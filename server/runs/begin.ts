import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import type { Run } from "@/lib/domain/change";
import { AppError, isAppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import type { Actor } from "@/server/auth/actor";
import type { AnyChange, Prepared } from "@/server/changes/define";
import { fingerprintOf, stepsOf, userFor } from "@/server/changes/plan";
import type { Target } from "@/server/clusters";
import { claimTurn, takeClaims } from "@/server/store/claims";
import type { Database } from "@/server/store/database";
import { systemIdentifierOf } from "@/server/store/identities";
import { instanceId } from "@/server/store/instance";
import { countEndedRuns, findRun, insertRun, type Recall, type StoredRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { type RunRecord, recordOf } from "./record";
import { findRival } from "./rivals";

/** Who asks for what, under which action id. */
export type Ask = {
  actionId: string;
  target: Target;
  actor: Actor;
  change: AnyChange;
  input: unknown;
  /** In the words of the person; null: none given. */
  reason: string | null;
};

/**
 * `known`: the same was asked under this id before, and that run is the answer. `moved`: another run ended since the plan was
 * made, so the plan has to be made again.
 */
export type Begun = { kind: "begun"; record: RunRecord } | { kind: "known"; run: Run } | { kind: "moved" };

/** The run that was begun under this action id. @throws AppError `conflict` where something else was asked for under it */
export async function knownRun(ask: Ask, database: Pick<Database, "all">): Promise<Run | undefined> {
  const stored = await findRun(database, ask.actionId);
  if (stored && stored.recall.asked !== askedBy(ask))
    throw new AppError(
      "conflict",
      "This action id was used for something else. Open the dialog again and confirm anew.",
    );
  return stored?.run;
}

/**
 * Puts a run, what it claims and the intent on record, all or nothing, before its first statement may be sent.
 *
 * @throws AppError `conflict` naming who is in the way; `record_failed`: nothing may be sent
 */
export async function beginRun(ask: Ask, prepared: Prepared, endedBefore: number): Promise<Begun> {
  const { clusterId } = ask.target;
  try {
    return await (await state()).transaction(async (inside): Promise<Begun> => {
      await claimTurn(inside, clusterId);
      const known = await knownRun(ask, inside);
      if (known) return { kind: "known", run: known };
      const rival = await findRival(inside, clusterId, prepared.claims);
      if (rival) throw new AppError("conflict", rival.sentence, { runId: rival.runId });
      if ((await countEndedRuns(inside, clusterId)) !== endedBefore) return { kind: "moved" };
      const stored = freshRun(ask, prepared);
      await insertRun(inside, stored);
      await takeClaims(inside, clusterId, ask.actionId, prepared.claims);
      await appendInside(inside, {
        kind: "intent",
        clusterId,
        actor: ask.actor,
        runId: ask.actionId,
        details: await intentOf(inside, ask, stored.run, prepared),
      });
      return { kind: "begun", record: recordOf(stored) };
    });
  } catch (cause) {
    if (isAppError(cause) && cause.code === "state_failed")
      throw new AppError("record_failed", "The intent cannot be written to the console's own database.", { cause });
    throw cause;
  }
}

function freshRun(ask: Ask, prepared: Prepared): StoredRun {
  const { actionId, target, actor, change, input, reason } = ask;
  const { id, name, sessionId, from } = actor;
  const recall: Recall = {
    asked: askedBy(ask),
    before: z.json().parse(JSON.parse(JSON.stringify(prepared.before))),
    newestJob: prepared.newestJob ?? null,
    starter: { id, name, sessionId, from },
  };
  const run: Run = {
    id: actionId,
    change: change.name,
    subject: prepared.subject,
    doing: change.doing(prepared.subject),
    actor: name,
    actorId: id,
    reason,
    input: jsonOf(input),
    login: userFor(target, change, prepared),
    applicationName: `shardboard:act:${actionId}`,
    state: "running",
    startedAt: Date.now(),
    finishedAt: null,
    steps: stepsOf(prepared).map(({ title, sql }) => ({
      title,
      sql,
      state: "waiting",
      startedAt: null,
      finishedAt: null,
      messages: [],
    })),
    problem: null,
    jobId: null,
    effect: null,
    reconciled: null,
    closed: null,
  };
  return { run, clusterId: target.clusterId, instance: instanceId(), recall };
}

async function intentOf(inside: Pick<Database, "all">, { target }: Ask, run: Run, prepared: Prepared) {
  const { change, subject, input, reason, login, applicationName } = run;
  const plan = { steps: stepsOf(prepared), notes: [...prepared.notes], fingerprint: fingerprintOf(prepared) };
  const systemIdentifier = await systemIdentifierOf(inside, target.clusterId);
  return jsonOf({ change, subject, input, reason, plan, login, applicationName, systemIdentifier });
}

/** As JSON keeps it: without what is undefined. */
function jsonOf(value: unknown) {
  return z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(value)));
}

function askedBy({ target, actor, change, input }: Ask): string {
  const asked = JSON.stringify([change.name, target.clusterId, actor.id, input]);
  return createHash("sha256").update(asked).digest("hex");
}
