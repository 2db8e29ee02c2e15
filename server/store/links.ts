import "server-only";
import { z } from "zod";
import { type LinkPurpose, linkPurposeSchema } from "@/lib/domain/person";
import { storeStatement } from "./database";
import type { Inside } from "./people";

const nothing = z.object({});

const linkRow = z
  .object({
    purpose: linkPurposeSchema,
    person_id: z.string().nullable(),
    expires_at: z.number(),
    used_at: z.number().nullable(),
  })
  .transform(({ purpose, person_id, expires_at, used_at }) => ({
    purpose,
    personId: person_id,
    expiresAt: expires_at,
    usedAt: used_at,
  }));
export type Link = z.output<typeof linkRow>;

const ADD = storeStatement({
  text: "insert into links (token_hash, purpose, person_id, created_at, expires_at) values ($1, $2, $3, $4, $5)",
  row: nothing,
});
const FIND = storeStatement({
  text: "select purpose, person_id, expires_at, used_at from links where token_hash = $1",
  row: linkRow,
});
/** Of many who use a link at once, the one whose update finds it unused has it. */
const USE = storeStatement({
  text: `update links set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2
         returning purpose, person_id, expires_at, used_at`,
  row: linkRow,
});
const DROP_BY_PURPOSE = storeStatement({ text: "delete from links where purpose = $1", row: nothing });
const DROP_OF_PERSON = storeStatement({
  text: "delete from links where person_id = $1 and used_at is null",
  row: nothing,
});

const FORGET = storeStatement({ text: "delete from links where expires_at < $1", row: nothing });

/** A link whose time is over stays for a while, so that its holder reads why it does not work. */
export async function forgetLinks(inside: Inside, expiredBefore: number): Promise<void> {
  await inside.all(FORGET, [expiredBefore]);
}

export async function addLink(
  inside: Inside,
  tokenHash: string,
  purpose: LinkPurpose,
  personId: string | null,
  now: number,
  expiresAt: number,
): Promise<void> {
  await inside.all(ADD, [tokenHash, purpose, personId, now, expiresAt]);
}

export async function findLink(inside: Inside, tokenHash: string): Promise<Link | null> {
  return (await inside.all(FIND, [tokenHash]))[0] ?? null;
}

/** null: there is no such link, it was used, or its time is over. */
export async function takeLink(inside: Inside, tokenHash: string, now: number): Promise<Link | null> {
  return (await inside.all(USE, [tokenHash, now]))[0] ?? null;
}

export async function dropLinksFor(inside: Inside, purpose: LinkPurpose): Promise<void> {
  await inside.all(DROP_BY_PURPOSE, [purpose]);
}

/** A newer link makes older ones of the same person worthless. */
export async function dropLinksOf(inside: Inside, personId: string): Promise<void> {
  await inside.all(DROP_OF_PERSON, [personId]);
}
