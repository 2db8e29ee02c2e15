import { afterAll, beforeAll, expect, test } from "vitest";
import { waitUntil } from "@/sandbox/processes/wait";
import type { FaultProxy } from "@/sandbox/proxy/types";
import type { Target } from "@/server/clusters";
import { collectorFor, stopCollectors } from "@/server/live/collector";
import { closeNode } from "@/server/nodes/changes/may-hold-shards";
import { listNodes } from "@/server/nodes/reads";
import { recallCoordinator } from "@/server/pg/coordinators";
import { closePools } from "@/server/pg/pools";
import { keepIdentity, readIdentity } from "@/server/store/identities";
import { closeState, state } from "@/server/store/state";
import { testCluster } from "@/server/testing/cluster";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { readHealth } from "./reads";

recordInOwnFolder();

const { sandbox, threeLogins } = testCluster();
/** From the loss of the old primary, the promotion included, to fresh data from the new one. */
const FAILED_OVER_WITHIN_MS = 10_000;

let old: FaultProxy;
let next: FaultProxy;
let target: Target;

beforeAll(async () => {
  await sandbox.reset();
  old = await sandbox.proxyFor("coordinator");
  next = await sandbox.proxyFor("standbyCoordinator");
  const [first, second] = [old, next].map(({ host, port }) => ({ host, port }));
  if (!first || !second) throw new Error("no proxies");
  target = { ...threeLogins, coordinator: first, coordinators: [first, second] };
});
afterAll(async () => {
  stopCollectors();
  await closePools();
  await closeState();
  await Promise.all([old.close(), next.close()]);
  await sandbox.reset();
});

/** A change of a node, up to its plan: it is read with the login that would do it. */
async function planChange() {
  const node = (await listNodes(target)).find(({ port }) => port === sandbox.nodes.worker1.port);
  if (!node) throw new Error("worker 1 is no member");
  return closeNode.prepare(target, { clusterId: target.clusterId, nodeId: node.id });
}

test("F8: while only the standby answers it is read there, and nothing can be changed", async () => {
  const before = await readHealth(target);
  expect(before).toMatchObject({ inRecovery: false, answering: `${old.host}:${old.port}` });
  await old.set("refuse");
  await waitUntil("reading at the standby", async () => {
    const health = await readHealth(target).catch(() => null);
    return health?.inRecovery === true && health.answering === `${next.host}:${next.port}`;
  });
  await expect(planChange()).rejects.toMatchObject({ code: "not_primary" });
});

test("F8: after the promotion the same cluster is read and changed at the other host, on its next timeline", async () => {
  await old.set("pass");
  const collector = collectorFor(target);
  await waitUntil("reading at the first host", async () => {
    await collector.reader("health").refresh();
    return collector.reader("health").snapshot().problem === null;
  });
  const before = await readHealth(target);
  await old.set("refuse");
  await sandbox.promote("standbyCoordinator");
  await waitUntil(
    "the failover",
    async () => {
      await collector.reader("nodes").watch(1_000);
      const [health, nodes] = [collector.reader("health").snapshot(), collector.reader("nodes").snapshot()];
      return nodes.problem === null && nodes.data !== null && health.problem === null && isPrimary(health.data, next);
    },
    FAILED_OVER_WITHIN_MS,
  );
  const after = await readHealth(target);
  expect(after.systemId).toBe(before.systemId);
  expect(after.timeline ?? 0).toBeGreaterThan(before.timeline ?? 0);
  expect((await planChange()).notes.filter((note) => note.tone === "bad")).toEqual([]);
});

function isPrimary(data: unknown, at: FaultProxy): boolean {
  const health = data as { inRecovery: boolean; answering: string } | null;
  return health?.inRecovery === false && health.answering === `${at.host}:${at.port}`;
}

test("F9: when the old primary is back beside the new one both are named, nothing is changed, and reading goes on", async () => {
  await old.set("pass");
  await expect(planChange()).rejects.toMatchObject({ code: "two_primaries" });
  const health = await readHealth(target);
  expect(health.primaries).toEqual([`${old.host}:${old.port}`, `${next.host}:${next.port}`]);
  expect(isPrimary(health, next)).toBe(true);
  await sandbox.stop("coordinator");
  await waitUntil("one primary", async () => (await planChange().catch(() => null)) !== null, FAILED_OVER_WITHIN_MS);
});

test("F8: a console that was started after the failover still knows the old primary as one", async () => {
  const { systemId, timeline } = await readHealth(target);
  if (systemId === null || timeline === null) throw new Error("the new primary did not say which database it is");
  const database = await state();
  await keepIdentity(database, target.clusterId, { systemId, timeline });
  const kept = await readIdentity(database, target.clusterId);
  expect(kept).toEqual({ systemId, timeline });
  // As in a new process: nothing is known of this list of hosts but what was kept.
  await closePools();
  await sandbox.start("coordinator");
  const onlyOld: Target = { ...target, coordinators: [target.coordinator] };
  if (kept) recallCoordinator(onlyOld, kept);
  await expect(readHealth(onlyOld)).rejects.toMatchObject({
    code: "another_system",
    message: expect.stringContaining("this is an old primary"),
  });
});
