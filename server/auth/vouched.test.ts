import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { findPerson, grantsOf, setDisabled } from "@/server/store/people";
import { addSession, openSessionsOf } from "@/server/store/sessions";
import { openSqlite } from "@/server/store/sqlite";
import { authNow } from "./clock";
import { admitVouched } from "./vouched";

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "shardboard-vouched-"));
  database = openSqlite(join(folder, "state.sqlite"), "NORMAL");
  await migrate(database, STATE_MIGRATIONS);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const everywhere = (role: Role) => new Map<ClusterId | "*", Role>([["*", role]]);
const know = (issuer: string, subject: string, role: Role | null, name = subject) =>
  admitVouched(
    database,
    { issuer, subject, name, roles: role === null ? new Map() : everywhere(role) },
    async (_, id) => id,
  );

test("T13: the same name from two sources is two people", async () => {
  const one = await know("https://a.example", "1", "viewer", "ada");
  const other = await know("https://b.example", "1", "admin", "ada");
  const third = await know("proxy", "1", "operator", "ada");
  expect(new Set([one, other, third]).size).toBe(3);
  expect(await grantsOf(database, one)).toEqual([{ cluster: "*", role: "viewer" }]);
});

test("T13: another name for the same subject is the same person", async () => {
  const before = await know("https://a.example", "1", "viewer", "ada");
  expect(await know("https://a.example", "1", "viewer", "ada king")).toBe(before);
  expect((await findPerson(database, before))?.name).toBe("ada king");
});

test("roles that changed at the provider end the sessions that had the old ones", async () => {
  const id = await know("https://a.example", "1", "admin");
  const now = authNow();
  const session = { id: "s", personId: id, signedInBy: "oidc" as const, from: "::1", browser: "", provenAt: now };
  await addSession(database, "hash", { ...session, createdAt: now, seenAt: now, endedAt: null, endedBecause: null });
  await know("https://a.example", "1", "admin");
  expect(await openSessionsOf(database, id, 0, 0)).toHaveLength(1);
  await know("https://a.example", "1", "viewer");
  expect(await openSessionsOf(database, id, 0, 0)).toHaveLength(0);
  expect(await grantsOf(database, id)).toEqual([{ cluster: "*", role: "viewer" }]);
});

test("T14: somebody whose last role was taken away at the provider keeps none here: their other sessions end when they come back", async () => {
  const id = await know("https://a.example", "1", "admin");
  const now = authNow();
  const session = { id: "s", personId: id, signedInBy: "oidc" as const, from: "::1", browser: "", provenAt: now };
  await addSession(database, "hash", { ...session, createdAt: now, seenAt: now, endedAt: null, endedBecause: null });
  await expect(know("https://a.example", "1", null)).rejects.toMatchObject({ code: "sign_in_refused" });
  expect(await openSessionsOf(database, id, 0, 0)).toHaveLength(0);
  expect(await grantsOf(database, id)).toEqual([]);
});

test("whom no rule gives a role, and who is disabled here, does not come in", async () => {
  await expect(know("https://a.example", "2", null)).rejects.toMatchObject({ code: "sign_in_refused" });
  const id = await know("https://a.example", "1", "viewer");
  await setDisabled(database, id, true);
  await expect(know("https://a.example", "1", "admin")).rejects.toMatchObject({ code: "sign_in_refused" });
  expect(await grantsOf(database, id)).toEqual([{ cluster: "*", role: "viewer" }]);
});
