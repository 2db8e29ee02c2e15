import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { reachOf } from "@/lib/domain/permission";
import type { Actor } from "@/server/auth/actor";
import { aTarget } from "@/server/testing/a-target";
import type { Action } from "@/server/testing/endpoints";
import { ownState } from "@/server/testing/own-state";

ownState();

const admin: Actor = {
  id: "local:ada",
  name: "ada",
  sessionId: "s",
  from: "192.0.2.1",
  signedInBy: "password",
  provenAt: Date.now(),
  roles: new Map([["*", "admin"]]),
};

describe.each([
  ["the whole console (READ_ONLY=true)", { isReadOnly: false, env: "true" }, "The console is read-only"],
  ["one cluster", { isReadOnly: true, env: "false" }, "This cluster is read-only"],
] as const)("%s", (_what, { isReadOnly, env }, because) => {
  const { logins } = aTarget();
  const target = aTarget({ isReadOnly, logins: { ...logins, admin: logins.ops } });
  let actions: readonly Action[];
  beforeAll(async () => {
    vi.stubEnv("READ_ONLY", env);
    vi.resetModules();
    const { openEndpoints } = await import("@/server/testing/endpoints");
    ({ actions } = await openEndpoints([target]));
  });
  afterAll(() => vi.unstubAllEnvs());

  const ask = (action: Action) => action.call(admin, { clusterId: target.clusterId });

  test("read-only stops every action that changes a cluster, for an admin too, and says why", async () => {
    const changing = actions.filter(
      ({ made, permission }) =>
        made !== "previewAction" && permission !== undefined && reachOf(permission) === "change",
    );
    expect(changing.length).toBeGreaterThanOrEqual(18);
    for (const action of changing)
      expect(await ask(action), action.name).toMatchObject({
        ok: false,
        problem: { code: "not_allowed", detail: expect.stringContaining(because) },
      });
  });

  test("plans can still be made: nothing is refused for want of the right", async () => {
    const previews = actions.filter(({ made }) => made === "previewAction");
    expect(previews.length).toBeGreaterThanOrEqual(15);
    // Either the empty input is wrong, or it is tried on the cluster, which does not answer here.
    for (const action of previews)
      expect(await ask(action), action.name).toMatchObject({
        problem: { code: expect.stringMatching(/^(bad_input|cluster_unreachable)$/) },
      });
  });

  test("people are still managed: that changes no cluster", async () => {
    const invite = actions.find(({ name }) => name === "invitePerson");
    if (!invite) throw new Error("the action is called otherwise");
    expect(await ask(invite)).toMatchObject({ ok: false, problem: { code: "bad_input" } });
  });
});
