import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { GUESS_LIMITS } from "@/lib/domain/guess-limit";
import type { AppError } from "@/lib/errors";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { testCluster } from "@/server/testing/cluster";
import { asked, EVERYTHING } from "@/server/testing/own-person";
import { aPostgresState, type StatePlace } from "@/server/testing/state-database";
import { endOtherSessions, ownSessions } from "./account";
import { announceFirstAdmin } from "./first-admin";
import { guessed } from "./guard-guesses";
import { disable, everybody, grantRoles, invite } from "./people";
import { redeemLink } from "./redeem-link";
import { requireActor } from "./require-actor";
import { signInByPassword } from "./sign-in";

/** What the unit tests show on a file, once more where several consoles share a PostgreSQL: its statements, its types, its locks. */
const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };
let place: StatePlace;
let database: Database;
beforeAll(async () => {
  place = await aPostgresState(testCluster().sandbox);
  database = await place.open();
  await migrate(database, STATE_MIGRATIONS);
  holder.__shardboardState = Promise.resolve(database);
});
afterAll(async () => {
  delete holder.__shardboardState;
  await database.close();
  await place.remove();
});

const code = (work: Promise<unknown>) =>
  work.then(
    () => "in",
    (cause: AppError) => cause.code,
  );
const ada = { name: "ada", password: "a long walk by the sea" };

test("the first admin gets in by the link, signs in by password, and of ten who use the link at once one does", async () => {
  let said = "";
  await announceFirstAdmin((text) => {
    said = text;
  });
  const token = said.trim().split("#")[1] ?? "";
  const codes = await Promise.all(Array.from({ length: 10 }, () => code(redeemLink({ token, ...ada }, asked()))));
  expect(codes.filter((one) => one === "in")).toHaveLength(1);
  const headers = asked("192.0.2.1", await signInByPassword(ada, asked()));
  const actor = await requireActor(headers);
  expect([...actor.roles]).toEqual([["*", "admin"]]);
  expect((await requireActor(headers, false)).id).toBe(actor.id);
  expect((await ownSessions(actor)).length).toBe(2);
  expect(await endOtherSessions(actor)).toBe(1);
});

test("T14: of two hundred guesses at once at most as many as the limit are looked at", async () => {
  // The clock stands: no wait runs out while a slow machine works.
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
  let looks = 0;
  const look = async () => {
    looks += 1;
    return null;
  };
  await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      guessed({ account: "local:victim", from: `10.0.0.${index}` }, look).catch(() => null),
    ),
  );
  vi.useRealTimers();
  expect(looks).toBeGreaterThan(0);
  expect(looks).toBeLessThanOrEqual(GUESS_LIMITS.account.free);
});

test("people are listed, invited, given other roles and disabled, and the last admin stays", async () => {
  const headers = asked("192.0.2.1", await signInByPassword(ada, asked()));
  const actor = await requireActor(headers);
  await invite(actor, "vera", [{ cluster: "*", role: "viewer" }]);
  expect(await code(disable(actor, actor.id, true))).toBe("conflict");
  await disable(actor, "local:vera", true);
  expect(await everybody()).toMatchObject([
    { name: "ada", grants: EVERYTHING, isDisabled: false, canSignIn: true, sessions: 2 },
    { name: "vera", isDisabled: true, canSignIn: false, sessions: 0, seenAt: null },
  ]);
  await disable(actor, "local:vera", false);
  await grantRoles(actor, "local:vera", []);
  expect((await everybody())[1]?.grants).toEqual([]);
});
