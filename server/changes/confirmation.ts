import "server-only";
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { ClusterId } from "@/lib/domain/cluster";
import { AppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { settingOf } from "@/server/store/settings";
import { state } from "@/server/store/state";

/** What a person was shown and confirms. The confirmation of one cannot be used for another. */
export type Shown = {
  actor: Pick<Actor, "id" | "sessionId">;
  clusterId: ClusterId;
  change: string;
  input: unknown;
  fingerprint: string;
};

/** Long enough to read a plan, short enough that what was read still holds. */
export const CONFIRMATION_MS = 2 * 60_000;

/** The server's own time, which only ever grows: a clock that is set back must not end, or lengthen, what is under way. */
export function steadyNow(): number {
  return performance.timeOrigin + performance.now();
}

/** Proves later that this plan was shown to this person now. */
export async function confirmationFor(shown: Shown, now = steadyNow()): Promise<string> {
  const at = Math.floor(now).toString(36);
  return `${at}.${sign(await key(), shown, at)}`;
}

/** @throws AppError `confirmation_expired` where it is older than two minutes, or is of something else */
export async function requireConfirmation(token: string, shown: Shown, now = steadyNow()): Promise<void> {
  const [at = "", given = ""] = token.split(".");
  const wanted = Buffer.from(sign(await key(), shown, at));
  const got = Buffer.from(given);
  if (wanted.length !== got.length || !timingSafeEqual(wanted, got))
    throw new AppError("confirmation_expired", "The confirmation is of another plan, cluster, person or session.");
  const ageMs = now - Number.parseInt(at, 36);
  if (ageMs > CONFIRMATION_MS || ageMs < -CONFIRMATION_MS)
    throw new AppError("confirmation_expired", "The plan was shown more than two minutes ago.");
}

function sign(secret: string, { actor, clusterId, change, input, fingerprint }: Shown, at: string): string {
  const asked = createHash("sha256").update(JSON.stringify(input)).digest("hex");
  const text = JSON.stringify([actor.id, actor.sessionId, clusterId, change, asked, fingerprint, at]);
  return createHmac("sha256", secret).update(text).digest("base64url");
}

/** One key for all replicas, made by the first that needs it. */
async function key(): Promise<string> {
  return settingOf(await state(), "confirmation-key", () => randomBytes(32).toString("base64url"));
}
