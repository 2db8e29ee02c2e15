import { expect, test } from "vitest";
import { z } from "zod";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import type { Role } from "@/lib/domain/permission";
import type { Grant } from "@/lib/domain/person";
import { storeStatement } from "@/server/store/database";
import { addPerson } from "@/server/store/people";
import { state } from "@/server/store/state";
import { aPerson, asked, EVERYTHING, PASSWORD } from "@/server/testing/own-person";
import { ownState } from "@/server/testing/own-state";
import { changeOwnPassword } from "./account";
import { type Actor, mayConsole, requireConsoleRight } from "./actor";
import { disable, endAllSessions, everybody, grantRoles, invite, passwordLink } from "./people";
import { redeemLink } from "./redeem-link";
import { requireActor } from "./require-actor";
import { openSession } from "./sessions";

ownState();

async function signedIn(id: string): Promise<{ actor: Actor; headers: Headers }> {
  const headers = asked("192.0.2.1", await openSession({ personId: id, signedInBy: "password", headers: asked() }));
  return { actor: await requireActor(headers), headers };
}
const admin = async () => signedIn(await aPerson("ada", EVERYTHING));
const VIEWER: Grant[] = [{ cluster: "*", role: "viewer" }];
const changes = storeStatement({
  text: "select actor_id, body from audit where kind = 'person-changed' order by seq",
  row: z.object({ actor_id: z.string().nullable(), body: z.string() }),
});

test("somebody invited is known at once, gets in by the link only, and has the roles that were given", async () => {
  const { actor } = await admin();
  const { address } = await invite(actor, "vera", VIEWER);
  expect((await everybody()).find(({ name }) => name === "vera")).toMatchObject({ canSignIn: false, grants: VIEWER });
  const token = address.split("#")[1] ?? "";
  const cookie = await redeemLink({ token, password: "the museum opens at noon" }, asked());
  expect([...(await requireActor(asked("192.0.2.1", cookie))).roles]).toEqual([["*", "viewer"]]);
  await expect(invite(actor, "vera", [])).rejects.toMatchObject({ code: "conflict" });
});

test("T14: other roles hold at once, and end the sessions that had the old ones", async () => {
  const { actor } = await admin();
  const victim = await signedIn(await aPerson("olga", [{ cluster: "*", role: "operator" }]));
  await grantRoles(actor, victim.actor.id, VIEWER);
  await expect(requireActor(victim.headers)).rejects.toThrow("An admin changed your roles.");
});

test("T14: disabling somebody ends their sessions and their links; enabling them again revives neither", async () => {
  const { actor } = await admin();
  const victim = await signedIn(await aPerson("olga"));
  const { address } = await passwordLink(actor, victim.actor.id);
  await disable(actor, victim.actor.id, true);
  await disable(actor, victim.actor.id, false);
  await expect(requireActor(victim.headers)).rejects.toThrow("An admin disabled the account.");
  const use = redeemLink({ token: address.split("#")[1] ?? "", password: "the museum opens at noon" }, asked());
  await expect(use).rejects.toMatchObject({ code: "sign_in_refused" });
});

test("the last admin can neither be disabled nor lose the role; with a second one who can sign in both go", async () => {
  const { actor } = await admin();
  await invite(actor, "waiting", EVERYTHING);
  await expect(disable(actor, actor.id, true)).rejects.toMatchObject({ code: "conflict" });
  await expect(grantRoles(actor, actor.id, VIEWER)).rejects.toMatchObject({ code: "conflict" });
  await aPerson("bea", EVERYTHING);
  await grantRoles(actor, actor.id, VIEWER);
  expect((await everybody()).find(({ id }) => id === actor.id)?.grants).toEqual(VIEWER);
});

test("two admins who disable each other at the same moment: one of them stays", async () => {
  const [ada, bea] = [await admin(), await signedIn(await aPerson("bea", EVERYTHING))];
  await Promise.allSettled([disable(ada.actor, bea.actor.id, true), disable(bea.actor, ada.actor.id, true)]);
  const able = (await everybody()).filter(({ isDisabled }) => !isDisabled);
  expect(able).toHaveLength(1);
});

test("roles of somebody who signs in elsewhere are given there, and they get no password here", async () => {
  const { actor } = await admin();
  const id = await addPerson(await state(), { issuer: "https://id.example", subject: "7", name: "olga" }, Date.now());
  await expect(grantRoles(actor, id, EVERYTHING)).rejects.toMatchObject({ code: "conflict" });
  await expect(passwordLink(actor, id)).rejects.toMatchObject({ code: "conflict" });
});

test("every change is on record with who made it, and no record holds a link's token", async () => {
  const { actor } = await admin();
  const { address } = await invite(actor, "vera", VIEWER);
  await grantRoles(actor, "local:vera", []);
  await endAllSessions(actor, "local:vera");
  const records = await (await state()).all(changes);
  expect(records.map(({ actor_id }) => actor_id)).toEqual([actor.id, actor.id, actor.id]);
  expect(records.map(({ body }) => JSON.parse(body).details.change)).toEqual(["invited", "roles", "sessions ended"]);
  expect(JSON.stringify(records)).not.toContain(address.split("#")[1]);
});

test("T14: a password that somebody changed makes links for a new one worthless", async () => {
  const { actor, headers } = await admin();
  const { address } = await passwordLink(actor, actor.id);
  await changeOwnPassword(actor, { current: PASSWORD, next: "nine quiet lighthouses" }, headers);
  const token = address.split("#")[1] ?? "";
  await expect(redeemLink({ token, password: "another long password" }, asked())).rejects.toMatchObject({
    code: "sign_in_refused",
  });
});

test("only an admin of all clusters manages people, and with a fresh proof of identity", () => {
  const asAdmin = (roles: Actor["roles"], provenAt = Date.now()): Actor => ({
    id: "local:x",
    name: "x",
    sessionId: "s",
    from: "192.0.2.1",
    signedInBy: "password",
    provenAt,
    roles,
  });
  const everywhere = new Map<ClusterId | "*", Role>([["*", "admin"]]);
  const onOne = new Map<ClusterId | "*", Role>([[clusterIdSchema.parse("orders"), "admin"]]);
  expect(mayConsole(asAdmin(everywhere), "people:manage").allowed).toBe(true);
  expect(mayConsole(asAdmin(onOne), "people:manage").allowed).toBe(false);
  // A right on a cluster is never one on the console, however strong the role.
  expect(mayConsole(asAdmin(everywhere), "node:add").allowed).toBe(false);
  const old = asAdmin(everywhere, Date.now() - 5 * 60_000 - 1);
  expect(() => requireConsoleRight(old, "people:manage")).toThrow(expect.objectContaining({ code: "reauth_required" }));
});
