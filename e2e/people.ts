import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext } from "@playwright/test";

/** The people of the suite. The first is made by the link that the console prints, the others are invited by the first. */
export const PEOPLE = {
  admin: { name: "ada", password: "a long walk by the sea", role: "admin" },
  operator: { name: "olga", password: "seven red bicycles wait", role: "operator" },
  viewer: { name: "vera", password: "the museum opens at noon", role: "viewer" },
} as const;
export type PersonName = keyof typeof PEOPLE;

/** Where somebody's cookies are kept from the setup on. */
export function stateFile(person: PersonName): string {
  const folder = process.env.E2E_PEOPLE_DIR ?? join(tmpdir(), "shardboard-e2e-people");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${person}.json`);
}

/** Keeps who is signed in in this browser, and nothing else: a theme that one test chose is not for the next. */
export async function keepSession(context: BrowserContext, person: PersonName): Promise<void> {
  const cookies = (await context.cookies()).filter(({ name }) => /^(__Host-shardboard|shardboard-\d+)$/.test(name));
  writeFileSync(stateFile(person), JSON.stringify({ cookies, origins: [] }));
}

/** Somebody's cookies as a plain request sends them. */
export function cookieOf(person: PersonName): string {
  const { cookies }: { cookies: { name: string; value: string }[] } = JSON.parse(
    readFileSync(stateFile(person), "utf8"),
  );
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

/** Looks at the console as everybody: a session is over after 30 minutes without a look, and a long run must not lose those who wait for their turn. */
export async function keepAwake(baseURL: string): Promise<void> {
  const known = (Object.keys(PEOPLE) as PersonName[]).filter((person) => existsSync(stateFile(person)));
  await Promise.all(
    known.map((person) => fetch(`${baseURL}/account`, { redirect: "manual", headers: { cookie: cookieOf(person) } })),
  );
}
