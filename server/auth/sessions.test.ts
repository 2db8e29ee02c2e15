import { afterEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { storeStatement } from "@/server/store/database";
import { setDisabled, setGrants } from "@/server/store/people";
import { state } from "@/server/store/state";
import { aTarget } from "@/server/testing/a-target";
import { aPerson, asked, EVERYTHING } from "@/server/testing/own-person";
import { ownState } from "@/server/testing/own-state";
import { endOtherSessions, endOwnSession, ownSessions, signOut } from "./account";
import { requireConsoleRight, requireRight } from "./actor";
import { requireActor } from "./require-actor";
import { openSession, proveSession } from "./sessions";

let isFull = false;
let questions = 0;
ownState((database) => ({
  ...database,
  all: (statement, values) => {
    questions += 1;
    if (isFull && /^\s*(insert|update|delete)/.test(statement.text)) return Promise.reject(new Error("disk full"));
    return database.all(statement, values);
  },
}));
afterEach(() => {
  isFull = false;
  vi.useRealTimers();
});

const open = async (id: string, headers = asked()) => openSession({ personId: id, signedInBy: "password", headers });
const MINUTE = 60_000;
/** Only the wall clock: hashing and the database go on as ever. */
function pass(milliseconds: number): void {
  const now = Date.now();
  vi.useFakeTimers({ toFake: ["Date"], now: now + milliseconds });
}
const stored = storeStatement({
  text: "select cookie_hash, seen_at from sessions order by created_at",
  row: z.object({ cookie_hash: z.string(), seen_at: z.number() }),
});

test("the cookie proves who somebody is, with the roles that they have now", async () => {
  const id = await aPerson("ada", EVERYTHING);
  const cookie = await open(id);
  const actor = await requireActor(asked("192.0.2.7", cookie));
  expect(actor).toMatchObject({ id: "local:ada", name: "ada", signedInBy: "password", from: "192.0.2.7" });
  expect([...actor.roles]).toEqual([["*", "admin"]]);
  await setGrants(await state(), id, [{ cluster: "*", role: "viewer" }]);
  expect([...(await requireActor(asked("192.0.2.7", cookie))).roles]).toEqual([["*", "viewer"]]);
});

test("open event streams look after their people together: sixty ask twice, each learns its own, and nothing is kept from before", async () => {
  const [ada, eve] = [await aPerson("ada", EVERYTHING), await aPerson("eve", EVERYTHING)];
  const cookies = await Promise.all(Array.from({ length: 60 }, (_, index) => open(index % 2 ? ada : eve)));
  const lookAll = () => Promise.allSettled(cookies.map((cookie) => requireActor(asked("192.0.2.7", cookie), false)));
  questions = 0;
  const first = await lookAll();
  expect(questions).toBe(2);
  expect(first.map((one) => one.status === "fulfilled" && one.value.name)).toEqual(
    cookies.map((_, index) => (index % 2 ? "ada" : "eve")),
  );
  await setDisabled(await state(), eve, true);
  const second = await lookAll();
  expect(second.map(({ status }) => status)).toEqual(cookies.map((_, index) => (index % 2 ? "fulfilled" : "rejected")));
  await expect(
    requireActor(asked("192.0.2.7", { ...(await open(ada)), value: "A".repeat(43) }), false),
  ).rejects.toThrow();
});

test("the cookie is unreadable for scripts, stays on this site, and its value is stored nowhere", async () => {
  const cookie = await open(await aPerson());
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "strict", path: "/" });
  expect(cookie.value).toMatch(/^[\w-]{43}$/);
  const rows = await (await state()).all(stored);
  expect(JSON.stringify(rows)).not.toContain(cookie.value);
});

test.each([
  ["no cookie", undefined],
  ["an invented cookie", "A".repeat(43)],
  ["a cookie with SQL in it", "' or 1=1 --"],
  ["an empty cookie", ""],
])("%s proves nobody", async (_, value) => {
  const { name } = await open(await aPerson());
  const headers = asked("192.0.2.1", value === undefined ? undefined : { name, value });
  await expect(requireActor(headers)).rejects.toMatchObject({ code: "not_signed_in" });
});

test("T14: signing in gives a new cookie, and the one that was sent before is worth nothing", async () => {
  const [ada, eve] = [await aPerson("ada"), await aPerson("eve")];
  const planted = await open(eve);
  const own = await open(ada, asked("192.0.2.1", planted));
  expect(own.value).not.toBe(planted.value);
  await expect(requireActor(asked("192.0.2.1", planted))).rejects.toMatchObject({ code: "not_signed_in" });
  expect((await requireActor(asked("192.0.2.1", own))).id).toBe(ada);
});

test("a fresh proof keeps the session and changes its cookie", async () => {
  const before = await open(await aPerson());
  const actor = await requireActor(asked("192.0.2.1", before));
  const after = await proveSession(actor, "password");
  await expect(requireActor(asked("192.0.2.1", before))).rejects.toMatchObject({ code: "not_signed_in" });
  const proven = await requireActor(asked("192.0.2.1", after));
  expect(proven.sessionId).toBe(actor.sessionId);
  expect(proven.provenAt).toBeGreaterThanOrEqual(actor.provenAt);
});

test("a clock that is set back makes no old proof fresh again", async () => {
  const actor = await requireActor(asked("192.0.2.1", await open(await aPerson("ada", EVERYTHING))));
  const old = { ...actor, provenAt: actor.provenAt - 6 * MINUTE };
  pass(-60 * MINUTE);
  expect(() => requireConsoleRight(old, "people:manage")).toThrow(expect.objectContaining({ code: "reauth_required" }));
  expect(() =>
    requireRight(old, "node:add", aTarget({ logins: { ...aTarget().logins, admin: aTarget().logins.ops } })),
  ).toThrow(expect.objectContaining({ code: "reauth_required" }));
});

test("a session is over after 30 minutes without a look, and says so", async () => {
  const headers = asked("192.0.2.1", await open(await aPerson()));
  pass(29 * MINUTE);
  await requireActor(headers);
  pass(29 * MINUTE);
  await requireActor(headers);
  pass(31 * MINUTE);
  await expect(requireActor(headers)).rejects.toThrow("Nobody looked at the console for 30 minutes.");
});

test("asking on somebody's behalf (an open stream) keeps no session alive", async () => {
  const headers = asked("192.0.2.1", await open(await aPerson()));
  pass(20 * MINUTE);
  await requireActor(headers, false);
  pass(11 * MINUTE);
  await expect(requireActor(headers)).rejects.toMatchObject({ code: "not_signed_in" });
});

test("a session is over after twelve hours, however busy it was", async () => {
  const headers = asked("192.0.2.1", await open(await aPerson()));
  for (let quarter = 1; quarter < 48; quarter += 1) {
    pass(15 * MINUTE);
    await requireActor(headers);
  }
  pass(15 * MINUTE);
  await expect(requireActor(headers)).rejects.toThrow("twelve hours old");
});

test("F21: a clock that is set back revives no session and ends none", async () => {
  const [kept, over] = [await aPerson(), await aPerson()];
  const live = asked("192.0.2.1", await open(kept));
  const ended = asked("192.0.2.1", await open(over));
  await signOut(await requireActor(ended));
  pass(-3_600_000);
  expect((await requireActor(live)).id).toBe(kept);
  await expect(requireActor(ended)).rejects.toMatchObject({ code: "not_signed_in" });
});

test("looking is written down at most once a minute", async () => {
  const headers = asked("192.0.2.1", await open(await aPerson()));
  const seen = async () => (await (await state()).all(stored))[0]?.seen_at;
  const first = await seen();
  pass(59_000);
  await Promise.all(Array.from({ length: 20 }, () => requireActor(headers)));
  await vi.waitFor(async () => expect(await seen()).toBe(first));
  pass(2_000);
  await requireActor(headers);
  await vi.waitFor(async () => expect(await seen()).toBeGreaterThan(first ?? 0));
});

test("F20: on a full disk people go on looking, and their session does not end because it cannot be written down", async () => {
  const headers = asked("192.0.2.1", await open(await aPerson()));
  isFull = true;
  for (let look = 0; look < 4; look += 1) {
    pass(20 * MINUTE);
    await requireActor(headers);
  }
});

test("T14: disabling somebody holds from their next request on", async () => {
  const id = await aPerson();
  const headers = asked("192.0.2.1", await open(id));
  await setDisabled(await state(), id, true);
  await expect(requireActor(headers)).rejects.toThrow("The account is disabled.");
  await expect(open(id)).rejects.toMatchObject({ code: "sign_in_refused" });
});

test("a person sees their own sessions and ends one, or all others", async () => {
  const id = await aPerson();
  const cookies = [await open(id), await open(id, asked("198.51.100.9")), await open(id)];
  const [first, second, third] = await Promise.all(cookies.map((cookie) => requireActor(asked("192.0.2.1", cookie))));
  if (!first || !second || !third) throw new Error("three sessions");
  const sessions = await ownSessions(first);
  expect(sessions).toHaveLength(3);
  expect(sessions.filter(({ isThis }) => isThis).map((session) => session.id)).toEqual([first.sessionId]);
  expect(sessions.map(({ from }) => from)).toContain("198.51.100.9");
  await endOwnSession(first, second.sessionId);
  await expect(requireActor(asked("192.0.2.1", cookies[1]))).rejects.toThrow("You ended it in another session.");
  expect(await endOtherSessions(first)).toBe(1);
  expect((await ownSessions(first)).map((session) => session.id)).toEqual([first.sessionId]);
});

test("T5: nobody ends somebody else's session, or learns whether there is one", async () => {
  const [ada, eve] = [await aPerson(), await aPerson()];
  const victim = await requireActor(asked("192.0.2.1", await open(ada)));
  const attacker = await requireActor(asked("192.0.2.1", await open(eve)));
  const refusals = await Promise.all(
    [victim.sessionId, "00000000-0000-4000-8000-000000000000"].map((id) =>
      endOwnSession(attacker, id).then(String, (cause: Error) => cause.message),
    ),
  );
  expect(refusals[0]).toBe(refusals[1]);
  expect(await ownSessions(victim)).toHaveLength(1);
});

test("signing out ends the session on the server, not only in the browser", async () => {
  const cookie = await open(await aPerson());
  const cleared = await signOut(await requireActor(asked("192.0.2.1", cookie)));
  expect(cleared).toMatchObject({ name: cookie.name, value: "", maxAge: 0 });
  await expect(requireActor(asked("192.0.2.1", cookie))).rejects.toThrow("You signed out.");
});
