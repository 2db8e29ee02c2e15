import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { newActionId } from "@/lib/domain/action-id";
import { isAppError } from "@/lib/errors";
import type { AnyChange, Prepared } from "@/server/changes/define";
import { type Database, storeStatement } from "@/server/store/database";
import { instanceId } from "@/server/store/instance";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { findRun, takeOverRun } from "@/server/store/runs";
import { closeState, state } from "@/server/store/state";
import { testCluster } from "@/server/testing/cluster";
import { TESTER } from "@/server/testing/do-change";
import { aPostgresState } from "@/server/testing/state-database";

vi.mock("@/server/live/collector", () => ({ refreshTopics: async () => {} }));
const { beginRun } = await import("./begin");
const { reconcileRuns } = await import("./reconcile");

const { sandbox, target } = testCluster();
const place = await aPostgresState(sandbox);
const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };

const change: AnyChange = {
  name: "node.close",
  permission: "node:setMayHoldShards",
  doing: (subject) => `closing ${subject}`,
  effect: async () => ({ seen: false, sentence: "Not looked at." }),
};
const prepared: Prepared = {
  subject: ":55167",
  steps: [{ title: "Do it", calls: [{ name: "a.b", sql: "select 1;", execute: async () => ({}) }] }],
  notes: [],
  claims: [{ object: "shards", mode: "exclusive" }],
  before: { address: ":55167" },
  refresh: [],
};
const begin = (actionId: string) =>
  beginRun(
    { actionId, target, actor: TESTER, change, input: { clusterId: target.clusterId, nodeId: 1 }, reason: null },
    prepared,
    0,
  );

// A pool of connections: what is begun at once is begun by as many sessions, as several consoles would.
beforeEach(async () => {
  const database = await place.open();
  await migrate(database, STATE_MIGRATIONS);
  holder.__shardboardState = Promise.resolve(database);
});
afterEach(async () => {
  for (const table of ["claims", "runs"])
    await (await state()).all(storeStatement({ text: `delete from ${table}`, row: z.object({}) }));
  await closeState();
});
afterAll(place.remove);

test("F16: the same deed that reaches several consoles at once begins once, and all others are answered with it", async () => {
  const id = newActionId();
  const begun = await Promise.all(Array.from({ length: 25 }, () => begin(id)));
  expect(begun.filter(({ kind }) => kind === "begun")).toHaveLength(1);
  expect(begun.filter(({ kind }) => kind === "known")).toHaveLength(24);
});

test("F17: of deeds that collide and reach several consoles at once one begins, and the others are told whose it is", async () => {
  const settled = await Promise.allSettled(Array.from({ length: 12 }, () => begin(newActionId())));
  expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const refusals = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
  for (const cause of refusals) {
    expect(isAppError(cause) && cause.code).toBe("conflict");
    expect(String(cause)).toContain("test has been closing :55167 since");
  }
});

test("a run of a console that died is taken over by one of the others, and by one only", async () => {
  const id = newActionId();
  await begin(id);
  // Its console: one whose lease nobody holds.
  await takeOverRun(await state(), id, instanceId(), "gone");
  const looks = await Promise.all(Array.from({ length: 6 }, () => reconcileRuns(() => target)));
  await Promise.all(looks.map(({ ended }) => ended));
  expect(looks.reduce((sum, { taken }) => sum + taken, 0)).toBe(1);
  expect((await findRun(await state(), id))?.run).toMatchObject({
    state: "failed",
    effect: { sentence: "Nothing was sent to the cluster." },
  });
});
