import "server-only";
import { z } from "zod";
import { roleSchema } from "@/lib/domain/permission";
import { type Grant, grantSchema, type PersonEntry } from "@/lib/domain/person";
import { type Database, storeStatement } from "./database";

export type Inside = Pick<Database, "all">;

const nothing = z.object({});
const flag = z.number().transform((value) => value !== 0);

const personRow = z
  .object({
    id: z.string(),
    issuer: z.string(),
    subject: z.string(),
    name: z.string(),
    password_hash: z.string().nullable(),
    is_disabled: flag,
  })
  .transform(({ password_hash, is_disabled, ...rest }) => ({
    ...rest,
    passwordHash: password_hash,
    isDisabled: is_disabled,
  }));
export type Person = z.output<typeof personRow>;

const COLUMNS = "id, issuer, subject, name, password_hash, is_disabled";
const BY_ID = storeStatement({ text: `select ${COLUMNS} from people where id = $1`, row: personRow });
const ADD = storeStatement({
  text: "insert into people (id, issuer, subject, name, created_at) values ($1, $2, $3, $4, $5)",
  row: nothing,
});
const RENAME = storeStatement({ text: "update people set name = $2 where id = $1", row: nothing });
const SET_PASSWORD = storeStatement({ text: "update people set password_hash = $2 where id = $1", row: nothing });
const SET_DISABLED = storeStatement({ text: "update people set is_disabled = $2 where id = $1", row: nothing });
const COUNT = storeStatement({ text: "select count(*) as n from people", row: z.object({ n: z.number() }) });

export const LOCAL = "local";

/** Who somebody is, over all ways to sign in. */
export function personId(issuer: string, subject: string): string {
  if (issuer === LOCAL || issuer === "proxy") return `${issuer}:${subject}`;
  return `oidc:${issuer}#${subject}`;
}

export async function findPerson(inside: Inside, id: string): Promise<Person | null> {
  return (await inside.all(BY_ID, [id]))[0] ?? null;
}

export async function addPerson(
  inside: Inside,
  { issuer, subject, name }: Pick<Person, "issuer" | "subject" | "name">,
  now: number,
): Promise<string> {
  const id = personId(issuer, subject);
  await inside.all(ADD, [id, issuer, subject, name, now]);
  return id;
}

export async function renamePerson(inside: Inside, id: string, name: string): Promise<void> {
  await inside.all(RENAME, [id, name]);
}

export async function setPassword(inside: Inside, id: string, passwordHash: string): Promise<void> {
  await inside.all(SET_PASSWORD, [id, passwordHash]);
}

export async function setDisabled(inside: Inside, id: string, isDisabled: boolean): Promise<void> {
  await inside.all(SET_DISABLED, [id, isDisabled ? 1 : 0]);
}

export async function countPeople(inside: Inside): Promise<number> {
  return (await inside.all(COUNT))[0]?.n ?? 0;
}

const GRANTS_OF = storeStatement({
  text: "select cluster_id as cluster, role from roles where person_id = $1 order by cluster_id",
  row: grantSchema,
});
const DROP_GRANTS = storeStatement({ text: "delete from roles where person_id = $1", row: nothing });
const ADD_GRANT = storeStatement({
  text: "insert into roles (person_id, cluster_id, role) values ($1, $2, $3)",
  row: nothing,
});

export async function grantsOf(inside: Inside, id: string): Promise<Grant[]> {
  return inside.all(GRANTS_OF, [id]);
}

export async function setGrants(inside: Inside, id: string, grants: readonly Grant[]): Promise<void> {
  await inside.all(DROP_GRANTS, [id]);
  for (const { cluster, role } of grants) await inside.all(ADD_GRANT, [id, cluster, role]);
}

/** Who else could still manage people: admins of everything that are not disabled and have a way to sign in. */
const OTHER_ADMINS = storeStatement({
  text: `select count(*) as n from people p join roles r on r.person_id = p.id
          where r.cluster_id = '*' and r.role = 'admin' and p.is_disabled = 0 and p.id <> $1
            and (p.issuer <> 'local' or p.password_hash is not null)`,
  row: z.object({ n: z.number() }),
});

export async function otherAdmins(inside: Inside, id: string): Promise<number> {
  return (await inside.all(OTHER_ADMINS, [id]))[0]?.n ?? 0;
}

const LIST = storeStatement({
  text: `select p.id, p.name, p.issuer, p.is_disabled, p.password_hash is not null as has_password,
                count(s.id) as sessions, max(s.seen_at) as seen_at
           from people p left join sessions s on s.person_id = p.id and s.ended_at is null and s.seen_at > $1 and s.created_at > $2
          group by p.id, p.name, p.issuer, p.is_disabled, p.password_hash
          order by p.name, p.id`,
  row: z.object({
    id: z.string(),
    name: z.string(),
    issuer: z.string(),
    is_disabled: flag,
    has_password: z.union([z.boolean(), flag]),
    sessions: z.number(),
    seen_at: z.number().nullable(),
  }),
});
const ALL_GRANTS = storeStatement({
  text: "select person_id, cluster_id as cluster, role from roles order by cluster_id",
  row: z.object({ person_id: z.string(), cluster: grantSchema.shape.cluster, role: roleSchema }),
});

/** Everybody the console knows, with how many sessions are open now: seen and begun after these moments. */
export async function listPeople(inside: Inside, seenAfter: number, begunAfter: number): Promise<PersonEntry[]> {
  const people = await inside.all(LIST, [seenAfter, begunAfter]);
  const grants = Map.groupBy(await inside.all(ALL_GRANTS), (grant) => grant.person_id);
  return people.map(({ id, name, issuer, is_disabled, has_password, sessions, seen_at }) => ({
    id,
    name,
    issuer,
    grants: (grants.get(id) ?? []).map(({ cluster, role }) => ({ cluster, role })),
    isDisabled: is_disabled,
    canSignIn: issuer !== LOCAL || has_password,
    sessions,
    seenAt: seen_at,
  }));
}
