import "server-only";
import type { LinkPurpose } from "@/lib/domain/person";
import { AppError } from "@/lib/errors";
import { routes } from "@/lib/routes";
import { appendAudit } from "@/server/audit/append";
import { addressOfRequest } from "@/server/http/address";
import { publicOrigin } from "@/server/http/origin";
import type { Database } from "@/server/store/database";
import { addLink, findLink, forgetLinks, type Link } from "@/server/store/links";
import { countPeople, findPerson } from "@/server/store/people";
import { state } from "@/server/store/state";
import { authNow } from "./clock";
import { guessed } from "./guard-guesses";
import { hashOfToken, newToken } from "./secrets";

const HOUR = 3_600_000;
const REMEMBERED_MS = 7 * 24 * HOUR;
/** How long a link is good, by what it is for. Whoever is invited may be away for a weekend. */
const GOOD_FOR_MS: Record<LinkPurpose, number> = {
  "first-admin": HOUR,
  "sign-in": HOUR,
  invitation: 72 * HOUR,
  "new-password": 24 * HOUR,
};

/** A new link, as its holder gets it, once: the store has its hash only. The token stands behind the #, where no server and no log sees it. */
export async function makeLink(
  inside: Pick<Database, "all">,
  purpose: LinkPurpose,
  personId: string | null,
): Promise<{ address: string; expiresAt: number }> {
  const token = newToken();
  const now = authNow();
  const expiresAt = now + GOOD_FOR_MS[purpose];
  await forgetLinks(inside, now - REMEMBERED_MS);
  await addLink(inside, hashOfToken(token), purpose, personId, now, expiresAt);
  return { address: `${publicOrigin()}${routes.link()}#${token}`, expiresAt };
}

/** Whom a link is for, as its page shows it. */
export type LinkFacts = { purpose: LinkPurpose; name: string | null; expiresAt: number };

/**
 * What a link is good for, without using it up.
 *
 * @throws AppError `sign_in_refused` with why it is good for nothing, `too_many_requests`
 */
export async function lookAtLink(token: string, headers: Headers): Promise<LinkFacts> {
  const { link } = await goodLink(token, headers);
  const person = link.personId === null ? null : await findPerson(await state(), link.personId);
  return { purpose: link.purpose, name: person?.name ?? null, expiresAt: link.expiresAt };
}

/** The link, if it may still be used. A token that there never was counts as a guess. */
export async function goodLink(token: string, headers: Headers): Promise<{ tokenHash: string; link: Link }> {
  const database = await state();
  const tokenHash = hashOfToken(token);
  const from = addressOfRequest(headers);
  const link = await guessed({ account: null, from }, () => findLink(database, tokenHash));
  if (!link) {
    await appendAudit({ kind: "sign-in-refused", details: { by: "link", from } });
    throw new AppError(
      "sign_in_refused",
      "There is no such link: it was replaced by a newer one, or not copied whole.",
    );
  }
  await requireGood(database, link);
  return { tokenHash, link };
}

/** @throws AppError `sign_in_refused` */
export async function requireGood(inside: Pick<Database, "all">, link: Link): Promise<void> {
  if (link.usedAt !== null) throw new AppError("sign_in_refused", "This link was used already; it is good once.");
  if (link.expiresAt <= authNow()) throw new AppError("sign_in_refused", "The time of this link is over.");
  if (link.purpose === "first-admin" && (await countPeople(inside)) > 0)
    throw new AppError("sign_in_refused", "The console has people by now; ask one of its admins to invite you.");
}
