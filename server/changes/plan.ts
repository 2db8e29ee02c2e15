import "server-only";
import { createHash } from "node:crypto";
import { loginFor } from "@/lib/domain/access";
import type { ChangePlan, Note } from "@/lib/domain/change";
import type { ClusterId, Verdict } from "@/lib/domain/cluster";
import type { Target } from "@/server/clusters";
import type { Change, Prepared } from "./define";

/** What the plan is beside the cluster's own word: may this person start it, who is in the way, and the proof that it was shown. */
type Shown = { mayStart: Verdict; inTheWay?: Note | undefined; confirmation: string | null };

/** The plan as the confirmation shows it. */
export function planOf<Input extends { clusterId: ClusterId }>(
  target: Target,
  change: Pick<Change<Input>, "name" | "permission">,
  prepared: Prepared,
  { mayStart, inTheWay, confirmation }: Shown,
): ChangePlan {
  return {
    change: change.name,
    steps: stepsOf(prepared),
    notes: [...(inTheWay ? [inTheWay] : []), ...prepared.notes],
    refusal: inTheWay?.text ?? refusalOf(prepared),
    typed: prepared.typed ?? null,
    basis: [...(prepared.dependsOn ?? [])].slice(0, MOST_BASIS),
    login: userFor(target, change, prepared),
    mayStart,
    confirmation,
    fingerprint: fingerprintOf(prepared),
  };
}

/** A plan of thousands of moves is compared whole by its fingerprint; this many lines of it travel. */
const MOST_BASIS = 500;

/** The steps as they are shown and put on record. */
export function stepsOf(prepared: Prepared): ChangePlan["steps"] {
  return prepared.steps.map(({ title, takes, calls }) => ({
    title,
    sql: calls.map((one) => one.sql),
    ...(takes && { takes }),
  }));
}

/** Which login runs it. */
export function loginOfRun({ permission }: Pick<Change<never>, "permission">, prepared: Prepared): "ops" | "admin" {
  return prepared.login ?? loginFor(permission);
}

/** The database user that runs it. Where the login is not configured, the one that would be needed is named by its kind. */
export function userFor(target: Target, change: Pick<Change<never>, "permission">, prepared: Prepared): string {
  const login = loginOfRun(change, prepared);
  return target.logins[login]?.user ?? `the ${login} login`;
}

/** The first `bad` note is the reason, in its own words. */
export function refusalOf(prepared: Prepared): string | null {
  return prepared.notes.find((note) => note.tone === "bad")?.text ?? null;
}

/** Equal fingerprints: the same statements would run for the same reasons. Sizes and times may differ. */
export function fingerprintOf(prepared: Prepared): string {
  const essence = [
    prepared.subject,
    prepared.steps.map((step) => step.calls.map((one) => one.sql)),
    refusalOf(prepared),
    prepared.typed ?? null,
    prepared.login ?? null,
    prepared.dependsOn ?? [],
  ];
  return createHash("sha256").update(JSON.stringify(essence)).digest("hex").slice(0, 32);
}
