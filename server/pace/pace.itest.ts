import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { isJobOpen } from "@/lib/domain/job";
import { setBrakes } from "@/server/brakes/set";
import { tendRunsAfterReads } from "@/server/flights/tend";
import { readJobs } from "@/server/jobs/topic";
import { collectorFor, refreshTopics, stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { readBrakes } from "@/server/store/brakes";
import { addPerson, setGrants } from "@/server/store/people";
import { listRuns } from "@/server/store/runs";
import { closeState, state } from "@/server/store/state";
import { testCluster } from "@/server/testing/cluster";
import { doChange, TESTER } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { rebalancePace } from "./change";
import { readPace } from "./reads";

recordInOwnFolder();
const { sandbox, threeLogins: target } = testCluster();
const { clusterId } = target;
const { spare } = sandbox.nodes;
const LONG = { timeout: 240_000 };

beforeEach(async () => {
  tendRunsAfterReads();
  await stopCollectors();
  await closePools();
  await sandbox.reset();
});
afterAll(async () => {
  await stopCollectors();
  await closePools();
  await closeState();
  await sandbox.query("alter system reset citus.max_background_task_executors");
  await sandbox.query("alter system reset citus.max_background_task_executors_per_node");
  await sandbox.query("select pg_reload_conf()");
  await sandbox.reset();
});

async function startRun(): Promise<void> {
  await sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
  await sandbox.query("select citus_rebalance_start(shard_transfer_mode => 'force_logical')");
}

const values = async () => (await readPace(target)).map(({ value }) => value);
const runsOf = async (change: string) =>
  (await listRuns(await state(), clusterId, { limit: 50 })).filter((run) => run.change === change);

test(
  "the pace is changed while a run goes on, with the least login, and put back at its end by whichever process is there",
  LONG,
  async () => {
    const input = { clusterId, executors: 3, executorsPerNode: 2 };
    expect((await doChange(rebalancePace, target, input)).refusal).toContain("No rebalance is under way");
    const before = await readPace(target);
    await startRun();
    const { run, prepared } = await doChange(rebalancePace, target, input);
    expect(run?.problem).toBeNull();
    expect(run?.effect?.seen).toBe(true);
    expect(prepared.steps[0]?.calls[0]?.sql).toBe(`alter system set "citus"."max_background_task_executors" = '3';`);
    expect((await values()).toSorted()).toEqual([2, 3]);
    // Whoever changed it dies; what is to be put back stands in the state.
    await sandbox.query("select citus_rebalance_stop()");
    await vi.waitUntil(async () => !(await readJobs(target)).jobs.some(isJobOpen), { timeout: 60_000, interval: 500 });
    collectorFor(target);
    await refreshTopics(target, ["jobs"]);
    await vi.waitUntil(async () => (await runsOf("rebalance.paceBack"))[0]?.state === "succeeded", {
      timeout: 60_000,
      interval: 500,
    });
    expect(await readPace(target)).toEqual(before);
  },
);

test(
  "a brake stops the run of a person who set it, as an operation of theirs with the reason, and not without the right",
  LONG,
  async () => {
    const database = await state();
    const id = await addPerson(database, { issuer: "local", subject: "brake", name: "brake" }, Date.now());
    const actor = { ...TESTER, id, name: "brake" };
    const limits = { lag: null, lock: null, disk: null, latency: 0.000_1 };
    collectorFor(target);
    await setBrakes(target, { clusterId, limits, window: null }, actor);
    await startRun();
    const until = (what: () => Promise<boolean>) =>
      vi.waitUntil(
        async () => {
          await refreshTopics(target, ["jobs"]);
          return what();
        },
        { timeout: 120_000, interval: 1_000 },
      );
    await until(
      async () => (await readBrakes(database, clusterId))?.tripped?.failure?.includes("may no longer") ?? false,
    );
    expect((await readJobs(target)).jobs[0]?.state).toBe("running");

    await setGrants(database, id, [{ cluster: "*", role: "operator" }]);
    await setBrakes(target, { clusterId, limits, window: null }, actor);
    delete (globalThis as { __shardboardBrakes?: unknown }).__shardboardBrakes;
    await until(async () => !(await readJobs(target)).jobs.some(isJobOpen));
    const [stop] = await runsOf("rebalance.stop");
    expect(stop).toMatchObject({ actor: "brake", state: "succeeded" });
    expect(stop?.reason).toContain("Statement latency is");
    expect((await readBrakes(database, clusterId))?.tripped).toMatchObject({ failure: null });
  },
);
