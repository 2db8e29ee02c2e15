import "server-only";
import { createHash } from "node:crypto";
import type { ChangePlan } from "@/lib/domain/change";
import type { Target } from "@/server/clusters";
import type { Prepared } from "./define";

/** The plan as the confirmation shows it. */
export function planOf(target: Target, name: string, prepared: Prepared): ChangePlan {
  return {
    change: name,
    steps: prepared.steps.map(({ title, takes, calls }) => ({
      title,
      sql: calls.map((one) => one.sql),
      ...(takes && { takes }),
    })),
    notes: [...prepared.notes],
    refusal: refusalOf(prepared),
    typed: prepared.typed ?? null,
    login: target.logins.ops.user,
    fingerprint: fingerprintOf(prepared),
  };
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
    prepared.dependsOn ?? null,
  ];
  return createHash("sha256").update(JSON.stringify(essence)).digest("hex").slice(0, 16);
}
