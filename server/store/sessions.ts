import "server-only";
import { z } from "zod";
import { grantSchema } from "@/lib/domain/person";
import { storeStatement } from "./database";
import type { Inside } from "./people";

export const SIGNED_IN_BY = ["password", "link", "oidc", "proxy"] as const;
const nothing = z.object({});

const sessionColumns = {
  id: z.string(),
  person_id: z.string(),
  signed_in_by: z.enum(SIGNED_IN_BY),
  from_address: z.string(),
  browser: z.string(),
  created_at: z.number(),
  seen_at: z.number(),
  proven_at: z.number(),
  ended_at: z.number().nullable(),
  ended_because: z.string().nullable(),
};
const COLUMNS = Object.keys(sessionColumns)
  .map((column) => `s.${column}`)
  .join(", ");

export type Session = {
  id: string;
  personId: string;
  signedInBy: (typeof SIGNED_IN_BY)[number];
  from: string;
  browser: string;
  createdAt: number;
  seenAt: number;
  provenAt: number;
  endedAt: number | null;
  endedBecause: string | null;
};

function sessionOf(row: z.output<z.ZodObject<typeof sessionColumns>>): Session {
  return {
    id: row.id,
    personId: row.person_id,
    signedInBy: row.signed_in_by,
    from: row.from_address,
    browser: row.browser,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    provenAt: row.proven_at,
    endedAt: row.ended_at,
    endedBecause: row.ended_because,
  };
}

/** So many cookies are asked for at once; the places that are left over repeat the last one. */
const AT_ONCE = 50;
const placesFor = (many: number) => Array.from({ length: many }, (_, index) => `$${index + 1}`).join(", ");
const byCookies = (many: number) =>
  storeStatement({
    text: `select s.cookie_hash, ${COLUMNS}, p.name, p.is_disabled, r.cluster_id as cluster, r.role
           from sessions s join people p on p.id = s.person_id left join roles r on r.person_id = p.id
          where s.cookie_hash in (${placesFor(many)})`,
    row: z.object({
      ...sessionColumns,
      cookie_hash: z.string(),
      name: z.string(),
      is_disabled: z.number(),
      cluster: grantSchema.shape.cluster.nullable(),
      role: grantSchema.shape.role.nullable(),
    }),
  });
const BY_COOKIE = byCookies(1);
const BY_COOKIES = byCookies(AT_ONCE);

export type SessionOwner = {
  session: Session;
  name: string;
  isDisabled: boolean;
  grants: z.infer<typeof grantSchema>[];
};

/** The session of a cookie with its owner and their roles as they are now: one question, so that all of it is of one moment. */
export async function findSession(inside: Inside, cookieHash: string): Promise<SessionOwner | null> {
  return ownerOf(await inside.all(BY_COOKIE, [cookieHash]));
}

/** The same for many cookies, in few questions. Those without a session are left out. */
export async function findSessions(
  inside: Inside,
  cookieHashes: readonly string[],
): Promise<Map<string, SessionOwner>> {
  const found = new Map<string, SessionOwner>();
  for (let from = 0; from < cookieHashes.length; from += AT_ONCE) {
    const asked = cookieHashes.slice(from, from + AT_ONCE);
    const values = Array.from({ length: AT_ONCE }, (_, index) => asked[index] ?? asked.at(-1) ?? "");
    const rows = Map.groupBy(await inside.all(BY_COOKIES, values), (row) => row.cookie_hash);
    for (const [hash, own] of rows) {
      const owner = ownerOf(own);
      if (owner) found.set(hash, owner);
    }
  }
  return found;
}

function ownerOf(rows: readonly z.output<(typeof BY_COOKIE)["row"]>[]): SessionOwner | null {
  const [first] = rows;
  if (!first) return null;
  const grants = rows.flatMap(({ cluster, role }) => (cluster === null || role === null ? [] : [{ cluster, role }]));
  return { session: sessionOf(first), name: first.name, isDisabled: first.is_disabled !== 0, grants };
}

const ADD = storeStatement({
  text: `insert into sessions (cookie_hash, id, person_id, signed_in_by, from_address, browser, created_at, seen_at, proven_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
  row: nothing,
});

export async function addSession(inside: Inside, cookieHash: string, session: Session): Promise<void> {
  const { id, personId, signedInBy, from, browser, createdAt, seenAt, provenAt } = session;
  await inside.all(ADD, [cookieHash, id, personId, signedInBy, from, browser, createdAt, seenAt, provenAt]);
}

const TOUCH = storeStatement({
  text: "update sessions set seen_at = $2 where id = $1 and seen_at < $2",
  row: nothing,
});

export async function touchSession(inside: Inside, id: string, now: number): Promise<void> {
  await inside.all(TOUCH, [id, now]);
}

/** The same session under a new cookie, with a fresh proof: the old cookie is worth nothing from then on. */
const RENEW = storeStatement({
  text: "update sessions set cookie_hash = $2, proven_at = $3, seen_at = $3 where id = $1 and ended_at is null returning id",
  row: z.object({ id: z.string() }),
});

export async function renewSession(inside: Inside, id: string, cookieHash: string, now: number): Promise<boolean> {
  return (await inside.all(RENEW, [id, cookieHash, now])).length > 0;
}

const END = storeStatement({
  text: "update sessions set ended_at = $2, ended_because = $3 where id = $1 and ended_at is null returning id",
  row: z.object({ id: z.string() }),
});
const END_OF_PERSON = storeStatement({
  text: `update sessions set ended_at = $2, ended_because = $3
          where person_id = $1 and id <> $4 and ended_at is null returning id`,
  row: z.object({ id: z.string() }),
});

/** Returns whether it was open. */
export async function endSession(inside: Inside, id: string, because: string, now: number): Promise<boolean> {
  return (await inside.all(END, [id, now, because])).length > 0;
}

/** Ends all sessions of a person but `except`; returns how many were open. */
export async function endSessionsOf(
  inside: Inside,
  personId: string,
  because: string,
  now: number,
  except = "",
): Promise<number> {
  return (await inside.all(END_OF_PERSON, [personId, now, because, except])).length;
}

const OPEN_OF_PERSON = storeStatement({
  text: `select ${COLUMNS} from sessions s
          where s.person_id = $1 and s.ended_at is null and s.seen_at > $2 and s.created_at > $3 order by s.seen_at desc`,
  row: z.object(sessionColumns),
});

export async function openSessionsOf(
  inside: Inside,
  personId: string,
  seenAfter: number,
  begunAfter: number,
): Promise<Session[]> {
  return (await inside.all(OPEN_OF_PERSON, [personId, seenAfter, begunAfter])).map(sessionOf);
}

const COUNT_OPEN = storeStatement({
  text: "select count(*) as open from sessions where ended_at is null and seen_at > $1 and created_at > $2",
  row: z.object({ open: z.coerce.number() }),
});

/** How many sessions are open, of all people. */
export async function countOpenSessions(inside: Inside, seenAfter: number, begunAfter: number): Promise<number> {
  return (await inside.all(COUNT_OPEN, [seenAfter, begunAfter]))[0]?.open ?? 0;
}

const FORGET = storeStatement({ text: "delete from sessions where created_at < $1", row: nothing });

/** The audit keeps who signed in when; here only what may still be asked about is kept. */
export async function forgetSessions(inside: Inside, begunBefore: number): Promise<void> {
  await inside.all(FORGET, [begunBefore]);
}
