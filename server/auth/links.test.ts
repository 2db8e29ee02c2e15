import { afterEach, expect, test, vi } from "vitest";
import type { AppError } from "@/lib/errors";
import { findPerson, grantsOf, setDisabled } from "@/server/store/people";
import { state } from "@/server/store/state";
import { aPerson, asked, EVERYTHING, PASSWORD } from "@/server/testing/own-person";
import { ownState } from "@/server/testing/own-state";
import { announceFirstAdmin } from "./first-admin";
import { lookAtLink, makeLink } from "./links";
import { redeemLink } from "./redeem-link";
import { requireActor } from "./require-actor";
import { openSession } from "./sessions";
import { signInByPassword } from "./sign-in";

ownState();
afterEach(() => {
  vi.useRealTimers();
});

const tokenOf = (address: string) => address.split("#")[1] ?? "";
async function announced(): Promise<string | null> {
  let said = "";
  await announceFirstAdmin((text) => {
    said += text;
  });
  return said === "" ? null : tokenOf(said.trim());
}
const make = async (purpose: "sign-in" | "invitation" | "new-password", personId: string) =>
  tokenOf((await makeLink(await state(), purpose, personId)).address);
const code = (work: Promise<unknown>) =>
  work.then(
    () => "in",
    (cause: AppError) => cause.code,
  );
const first = { name: "ada", password: "seven red bicycles wait" };

test("a console without people announces a link for its first admin; one with people announces none", async () => {
  const token = await announced();
  expect(await lookAtLink(token ?? "", asked())).toMatchObject({ purpose: "first-admin", name: null });
  const cookie = await redeemLink({ token: token ?? "", ...first }, asked());
  const actor = await requireActor(asked("192.0.2.1", cookie));
  expect(actor).toMatchObject({ id: "local:ada", signedInBy: "link" });
  expect([...actor.roles]).toEqual([["*", "admin"]]);
  expect(await announced()).toBeNull();
  await signInByPassword(first, asked());
});

test("each start makes a new link for the first admin, and the older ones worthless", async () => {
  const [older, newer] = [await announced(), await announced()];
  expect(await code(redeemLink({ token: older ?? "", ...first }, asked()))).toBe("sign_in_refused");
  expect(await code(redeemLink({ token: newer ?? "", ...first }, asked()))).toBe("in");
});

test("of fifty who use one link at once, one gets in", async () => {
  const token = (await announced()) ?? "";
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      code(redeemLink({ token, name: `p${index}`, password: first.password }, asked(`192.0.2.${index}`))),
    ),
  );
  expect(codes.filter((one) => one === "in")).toHaveLength(1);
});

test("looking at a link uses nothing up, and a password that is refused neither", async () => {
  const id = await aPerson("bea");
  const token = await make("new-password", id);
  for (let look = 0; look < 3; look += 1) await lookAtLink(token, asked());
  expect(await code(redeemLink({ token, password: "short" }, asked()))).toBe("bad_input");
  expect(await code(redeemLink({ token, password: "bea bea bea bea" }, asked()))).toBe("bad_input");
  expect(await code(redeemLink({ token, password: first.password }, asked()))).toBe("in");
  expect(await code(redeemLink({ token, password: first.password }, asked()))).toBe("sign_in_refused");
});

test("the token of a link is stored nowhere", async () => {
  const token = await make("sign-in", await aPerson());
  const database = await state();
  const { storeStatement } = await import("@/server/store/database");
  const { z } = await import("zod");
  const rows = await database.all(storeStatement({ text: "select * from links", row: z.looseObject({}) }));
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(token);
});

test("a link is good for its time and no longer", async () => {
  const token = await make("sign-in", await aPerson());
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_001 });
  await expect(redeemLink({ token }, asked())).rejects.toThrow("The time of this link is over.");
});

test("a new password ends the sessions that the old one opened", async () => {
  const id = await aPerson("bea", EVERYTHING);
  const before = await openSession({ personId: id, signedInBy: "password", headers: asked() });
  await redeemLink({ token: await make("new-password", id), password: first.password }, asked("198.51.100.1"));
  await expect(requireActor(asked("192.0.2.1", before))).rejects.toThrow("A new password was set.");
  expect(await code(signInByPassword({ name: "bea", password: PASSWORD }, asked()))).toBe("sign_in_refused");
  expect(await grantsOf(await state(), id)).toEqual(EVERYTHING);
});

test("a link of somebody who was disabled meanwhile lets nobody in, and changes no password", async () => {
  const id = await aPerson("bea");
  const token = await make("new-password", id);
  const before = (await findPerson(await state(), id))?.passwordHash;
  await setDisabled(await state(), id, true);
  expect(await code(redeemLink({ token, password: first.password }, asked()))).toBe("sign_in_refused");
  expect((await findPerson(await state(), id))?.passwordHash).toBe(before);
});
