import { beforeAll, expect, test, vi } from "vitest";
import { needsRecentSignIn } from "@/lib/domain/permission";
import type { Actor } from "@/server/auth/actor";
import { aTarget } from "@/server/testing/a-target";
import type { Action } from "@/server/testing/endpoints";
import { ownState } from "@/server/testing/own-state";

ownState();
const { logins } = aTarget();
const target = aTarget({ logins: { ...logins, admin: logins.ops } });
let actions: readonly Action[];
let changes: readonly { name: string; permission: Action["permission"] }[];
beforeAll(async () => {
  vi.resetModules();
  const { openEndpoints } = await import("@/server/testing/endpoints");
  ({ actions } = await openEndpoints([target]));
  changes = (await import("@/server/changes/registry")).CHANGES;
});

const MINUTE = 60_000;
const admin = (minutes: number): Actor => ({
  id: `local:ada${minutes}`,
  name: "ada",
  sessionId: "s",
  from: "192.0.2.1",
  signedInBy: "password",
  provenAt: Date.now() - minutes * MINUTE,
  roles: new Map([["*", "admin"]]),
});
/** A preview does nothing: it asks for the right to make plans, whatever its change needs. */
const DOES = ["changeAction", "deedAction", "personAction"];

/** What somebody hears who sends as good as nothing: whether they may is decided before it is looked at. */
async function codeOf(action: Action, actor: Actor): Promise<string> {
  const answer = await action.call(actor, { clusterId: target.clusterId });
  return answer.ok ? "done" : answer.problem.code;
}

test("whatever is highly sensitive wants a proof no older than five minutes, of every admin, and nothing else does", async () => {
  const asked = { sensitive: 0, other: 0 };
  for (const action of actions) {
    if (!DOES.includes(action.made) || action.permission === undefined) continue;
    const isSensitive = needsRecentSignIn(action.permission);
    asked[isSensitive ? "sensitive" : "other"] += 1;
    expect(await codeOf(action, admin(4)), action.name).toBe("bad_input");
    expect(await codeOf(action, admin(6)), action.name).toBe(isSensitive ? "reauth_required" : "bad_input");
  }
  expect(asked.sensitive).toBeGreaterThanOrEqual(10);
  expect(asked.other).toBeGreaterThanOrEqual(10);
});

test("every change that is highly sensitive has an action that was asked here", () => {
  const sensitive = changes.filter(({ permission }) => permission && needsRecentSignIn(permission));
  expect(sensitive.length).toBeGreaterThanOrEqual(5);
  const reached = new Set(actions.filter(({ made }) => made === "changeAction").map(({ permission }) => permission));
  for (const { name, permission } of sensitive) expect(reached.has(permission), name).toBe(true);
});

test("an action about oneself or the console spends from the same budget as everything else, and its refusal is in the log", async () => {
  const lines: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const eager = { ...admin(1), id: "local:eager" };
  const invite = actions.find(({ name }) => name === "invitePerson");
  const look = actions.find(({ name }) => name === "closeUnknownRun");
  if (!invite || !look) throw new Error("the actions are called otherwise");
  await codeOf(invite, { ...eager, roles: new Map([["*", "viewer"]]) });
  const codes = new Set<string>();
  // 600 at once and 60 a second: a slow machine needs a few more.
  for (let request = 0; request < 3_000 && !codes.has("too_many_requests"); request += 1)
    codes.add(await codeOf(request % 2 ? invite : look, eager));
  write.mockRestore();
  expect([...codes].sort()).toEqual(["bad_input", "too_many_requests"]);
  const refusals = lines.filter((line) => line.includes('"refused"'));
  expect(refusals).toHaveLength(1);
  expect(JSON.parse(refusals[0] ?? "")).toMatchObject({ code: "not_allowed", person: "local:eager" });
});
