import fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { type ClusterId, clusterIdSchema } from "@/lib/domain/cluster";
import { TOPICS } from "@/lib/domain/live";
import { ROLES, type Role } from "@/lib/domain/permission";
import { arbitraryFor } from "@/lib/testing/arbitrary";
import type { Actor } from "@/server/auth/actor";
import { change } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { testCluster } from "@/server/testing/cluster";
import { doChange, TESTER } from "@/server/testing/do-change";
import { type Endpoints, openEndpoints } from "@/server/testing/endpoints";
import { recordInOwnFolder } from "@/server/testing/record-folder";

const { target: sandboxTarget } = testCluster();
const clusterIds = ["alpha", "beta", "gamma"].map((id) => clusterIdSchema.parse(id));
const canaryOf = (id: ClusterId) => `canary-of-${id}`;
const targets: Target[] = clusterIds.map((clusterId) => ({
  ...sandboxTarget,
  clusterId,
  name: canaryOf(clusterId),
  allowedNodeHosts: [],
}));

let endpoints: Endpoints;
recordInOwnFolder();
vi.stubEnv("REQUESTS_PER_SECOND", "1000000");
vi.mock("@/server/log", () => {
  const quiet = () => undefined;
  return { log: { debug: quiet, info: quiet, warn: quiet, error: quiet } };
});

beforeAll(async () => {
  endpoints = await openEndpoints(targets);
  for (const target of targets) {
    const marked = change({
      name: "canary.mark",
      permission: "shard:move",
      input: z.object({ clusterId: clusterIdSchema }),
      doing: () => "marking",
      before: z.null(),
      prepare: async () => ({
        subject: canaryOf(target.clusterId),
        steps: [],
        notes: [],
        claims: [],
        before: null,
        refresh: [],
      }),
      effect: async () => ({ seen: true, sentence: canaryOf(target.clusterId) }),
    });
    await doChange(marked, target, { clusterId: target.clusterId });
  }
});
afterAll(async () => {
  const { stopCollectors } = await import("@/server/live/collector");
  const { closePools } = await import("@/server/pg/pools");
  await stopCollectors();
  await closePools();
});

const rolesArbitrary = fc.dictionary(fc.constantFrom(...clusterIds), fc.constantFrom<Role>(...ROLES), { maxKeys: 3 });
const person = rolesArbitrary.map(
  (roles): Actor => ({
    ...TESTER,
    id: `local:${JSON.stringify(roles)}`,
    roles: new Map(Object.entries(roles) as [ClusterId, Role][]),
  }),
);

/** An answer that concerns one cluster says nothing of another, and to somebody without a role there nothing at all. */
function expectOnly(text: string, who: Actor, asked: ClusterId, what: string): void {
  for (const id of clusterIds)
    if (id !== asked || !who.roles.has(asked)) expect(text, `${what} for ${who.id}`).not.toContain(canaryOf(id));
}

test("T5: an address of a cluster answers with that cluster only, and without a role on it as if it did not exist", async () => {
  const ofCluster = endpoints.handlers.filter(({ params }) => params.includes("clusterId"));
  let seen = 0;
  const ask = async (who: Actor, clusterId: ClusterId, topic: string, which: number) => {
    const handler = ofCluster[which % ofCluster.length];
    const leaving = new AbortController();
    const values = Object.fromEntries(
      (handler?.params ?? []).map((name) => [name, name === "clusterId" ? clusterId : topic]),
    );
    const response = await handler?.get(who, values, { signal: leaving.signal });
    leaving.abort();
    if (response?.headers.get("content-type")?.startsWith("text/event-stream"))
      return void (await response.body?.cancel());
    const text = (await response?.text()) ?? "";
    expectOnly(text, who, clusterId, handler?.path ?? "");
    if (text.includes(canaryOf(clusterId))) seen += 1;
    if (!who.roles.has(clusterId)) expect(response?.status).toBe(404);
  };
  await fc.assert(fc.asyncProperty(person, fc.constantFrom(...clusterIds), fc.constantFrom(...TOPICS), fc.nat(), ask), {
    numRuns: 250,
    seed: 5,
  });
  await ask(
    { ...TESTER, roles: new Map([["alpha" as ClusterId, "viewer"]]) },
    "alpha" as ClusterId,
    "runs",
    endpoints.handlers.findIndex(({ params }) => params.includes("topic")),
  );
  expect(seen).toBeGreaterThan(0);
});

test("T5: an action on a cluster without a role there is answered as if the cluster did not exist", async () => {
  const ofCluster = endpoints.actions.filter(({ made }) =>
    ["askAction", "previewAction", "changeAction", "deedAction"].includes(made),
  );
  for (const { name, input, call } of ofCluster) {
    const inputs = fc.sample(fc.tuple(arbitraryFor(input), person, fc.constantFrom(...clusterIds)), {
      numRuns: 8,
      seed: 6,
    });
    for (const [made, who, clusterId] of inputs) {
      const answer = await call(who, { ...(made as object), clusterId });
      expectOnly(JSON.stringify(answer), who, clusterId, name);
      if (who.roles.has(clusterId) || (!answer.ok && answer.problem.code === "bad_input")) continue;
      const unknown = await call(who, { ...(made as object), clusterId: "zeta" });
      const told = (one: typeof answer) =>
        JSON.stringify(one)
          .replace(/"traceId":"[^"]*"/, "")
          .replaceAll(/alpha|beta|gamma|zeta/g, "*");
      expect(answer, name).toMatchObject({ ok: false, problem: { code: "not_found" } });
      expect(told(answer), name).toBe(told(unknown));
    }
  }
});
