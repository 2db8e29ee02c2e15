import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { isJobOpen, type Jobs } from "@/lib/domain/job";
import { jobWork } from "@/lib/domain/job-work";
import { MODE_AUTO, type RebalanceStartInput } from "@/lib/domain/rebalance";
import { readPicture } from "@/server/jobs/measure";
import { readJobs } from "@/server/jobs/topic";
import { stopCollectors } from "@/server/live/collector";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { doChange } from "@/server/testing/do-change";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { makePlan } from "./plan";
import { askPlans } from "./plans";
import { rebalanceStart } from "./start";
import { rebalanceStop } from "./stop";

recordInOwnFolder();

const { sandbox, target, asReadLogin } = testCluster();
const { clusterId } = target;
const { spare, worker1 } = sandbox.nodes;

const input = (over: Partial<RebalanceStartInput> = {}): RebalanceStartInput => ({
  clusterId,
  strategy: "by_disk_size",
  drainOnly: false,
  mode: "force_logical",
  parallelReferenceTables: false,
  parallelColocatedShards: false,
  ...over,
});

/** A run on a busy machine. */
const LONG = { timeout: 180_000 };

const addSpare = () => sandbox.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
/** Half of the sample is enough to be moved: every move costs seconds. */
const dropLargestGroup = () => sandbox.query("drop table order_items, orders, customers");
const planNow = (over: { strategy?: string; drainOnly?: boolean } = {}) =>
  makePlan(target, { strategy: "by_disk_size", drainOnly: false, ...over }, () => readPicture(target));

/** Reads the topic as the login that may only look, until it shows what is waited for. */
async function until(isThere: (jobs: Jobs) => boolean): Promise<Jobs> {
  return vi.waitUntil(
    async () => {
      const jobs = await readJobs(asReadLogin);
      return isThere(jobs) ? jobs : false;
    },
    { timeout: 90_000, interval: 250 },
  );
}

const untilOver = () => until(({ jobs }) => jobs[0] !== undefined && !isJobOpen(jobs[0]));

beforeEach(async () => {
  vi.stubEnv("CITUS_URL", sandbox.url("owner"));
  stopCollectors();
  await closePools();
  await sandbox.reset();
});

afterAll(async () => {
  stopCollectors();
  await closePools();
  await sandbox.reset();
});

test(
  "a new worker gives moves with measured bytes; the run is followed to its end; then there is nothing left to do",
  LONG,
  async () => {
    await addSpare();
    const colocated = await planNow();
    expect(colocated.moves[0]?.tables).toEqual(["customers", "orders", "order_items"]);
    expect(colocated.moves[0]?.shardIds).toHaveLength(3);

    await dropLargestGroup();
    const plan = await planNow();
    expect(plan.moves.length).toBeGreaterThan(3);
    expect(plan.moves.every((move) => move.bytes !== null && move.bytes > 0)).toBe(true);
    expect(plan.bytes).toBe(plan.moves.reduce((sum, move) => sum + (move.bytes ?? 0), 0));
    expect(plan.busiestAfter).toBeLessThan(plan.busiest ?? 0);
    const empty = plan.nodes.find((node) => node.groups === 0);
    expect(empty?.groupsAfter).toBe(plan.moves.length);

    const { run } = await doChange(rebalanceStart, target, input());
    expect(run?.effect?.seen).toBe(true);
    expect(run?.jobId).toBeGreaterThan(0);

    const working = await until((jobs) => jobs.progress.some((move) => move.operation === "move"));
    const [task] = working.tasks.filter((candidate) => candidate.status === "running");
    expect(task?.move?.mode).toBe("force_logical");
    expect(working.progress[0]?.sessionId).toBe(task?.pid);
    expect(working.progress[0]?.sourceBytes).toBeGreaterThan(0);
    expect(working.clock).not.toBeNull();

    const second = await doChange(rebalanceStart, target, input());
    expect(second.refusal).toContain(`already running as job ${run?.jobId}`);

    const over = await untilOver();
    expect(over.jobs[0]).toMatchObject({
      state: "finished",
      moves: { done: plan.moves.length, total: plan.moves.length },
    });
    expect(jobWork(over)?.fraction).toBe(1);
    expect(jobWork(over)?.bytes).toBe(plan.bytes);
    const timed = over.tasks.filter((one) => over.record?.tasks[one.taskId]?.finishedAt != null);
    expect(timed.length).toBeGreaterThan(0);

    const after = await planNow();
    expect(after.moves).toEqual([]);
    expect(after.nodes.find((node) => node.nodeId === empty?.nodeId)?.groups).toBe(plan.moves.length);
    const again = await doChange(rebalanceStart, target, input());
    expect(again.run).toMatchObject({ state: "succeeded", jobId: null });
    expect(again.run?.effect?.sentence).toContain("Already balanced");
    expect(again.run?.steps[0]?.messages.join(" ")).toContain("No moves available for rebalancing");
  },
);

test("mode auto is refused beforehand, and the table that is the reason is named", async () => {
  await addSpare();
  const { refusal, run } = await doChange(rebalanceStart, target, input({ mode: MODE_AUTO }));
  expect(refusal).toContain("public.no_pk");
  expect(run).toBeNull();
  expect((await readJobs(asReadLogin)).jobs).toEqual([]);
});

test("a stop ends the run, keeps what has moved, and is held back while another is being obeyed", LONG, async () => {
  await addSpare();
  await doChange(rebalanceStart, target, input());
  await until(({ jobs, progress }) => (jobs[0]?.moves.done ?? 0) >= 2 && progress.length > 0);
  // The state Citus gives a job while what runs is being interrupted; too short to be met by chance.
  await sandbox.query("update pg_dist_background_job set state = 'cancelling'");
  const early = await doChange(rebalanceStop, target, { clusterId });
  expect(early.refusal).toContain("is being obeyed");
  await until(({ jobs }) => jobs[0]?.state === "running"); // it works on: nothing was sent

  const stop = await doChange(rebalanceStop, target, { clusterId });
  expect(stop.run?.effect?.seen).toBe(true);

  const stopped = await untilOver();
  expect(stopped.jobs[0]?.state).toBe("cancelled");
  const done = stopped.jobs[0]?.moves.done ?? 0;
  const picture = await readPicture(target);
  const onSpare = picture.groups.filter((group) =>
    picture.primaries.some((node) => node.port === spare.port && group.groupIds.includes(node.groupId)),
  );
  expect(onSpare.filter((group) => group.kind === "distributed")).toHaveLength(done);

  // Stuck: the process that would end it is gone.
  await sandbox.query("update pg_dist_background_job set state = 'cancelling', finished_at = null where job_id = $1", [
    stopped.jobs[0]?.jobId,
  ]);
  await vi.waitUntil(async () => (await readJobs(asReadLogin)).monitorAlive === false, { timeout: 30_000 });
  const offered = await rebalanceStop.prepare(target, { clusterId });
  expect(offered.notes.map((note) => note.tone)).not.toContain("bad");
});

test("drain only empties the closed nodes and touches nothing else", LONG, async () => {
  await dropLargestGroup();
  await sandbox.query("select citus_set_node_property($1, $2, 'shouldhaveshards', false)", [
    worker1.host,
    worker1.port,
  ]);
  const plan = await planNow({ drainOnly: true });
  const closed = plan.nodes.find((node) => !node.counts);
  expect(closed).toMatchObject({ groupsAfter: 0, bytesAfter: 0 });
  expect(plan.moves.every((move) => move.sourceNodeId === closed?.nodeId)).toBe(true);

  const { run } = await doChange(rebalanceStart, target, input({ drainOnly: true, mode: "block_writes" }));
  expect(run?.jobId).toBeGreaterThan(0);
  const over = await untilOver();
  expect(over.jobs[0]?.state).toBe("finished");
  expect(over.jobs[0]?.mode).toBe("block_writes");
});

test("while a worker is stopped the plan by size fails naming it, and the one by count is refused at the start", async () => {
  await addSpare();
  await readPicture(target); // reached once, each worker's silence is its own
  await sandbox.stop("worker2");
  const { port } = sandbox.nodes.worker2;
  const set = await vi.waitUntil(
    async () => {
      const answer = await askPlans(target, { drainOnly: false });
      return answer.plans.every((plan) => plan.state !== "pending") && answer;
    },
    { timeout: 60_000 },
  );
  const bySize = set.plans.find((plan) => plan.strategy === "by_disk_size");
  expect(bySize).toMatchObject({ state: "failed", problem: { code: "node_unreachable" } });
  expect(bySize?.state === "failed" && bySize.problem.detail).toContain(`:${port}`);

  const { refusal } = await doChange(rebalanceStart, target, input({ strategy: "by_shard_count" }));
  expect(refusal).toContain(`:${port} does not answer`);
  expect((await readJobs(asReadLogin)).jobs).toEqual([]);
});

test("a preview with another threshold is made beside the strategies' own plans", async () => {
  await addSpare();
  const set = await vi.waitUntil(
    async () => {
      const answer = await askPlans(target, { drainOnly: false, whatIf: 0.5 });
      return answer.plans.every((plan) => plan.state === "ready") && answer;
    },
    { timeout: 30_000 },
  );
  const moves = set.plans.map((plan) => (plan.state === "ready" ? plan.plan.moves.length : -1));
  expect(set.plans.map((plan) => plan.threshold)).toEqual([null, null, 0.5]);
  expect(moves[2]).toBeLessThan(moves[0] ?? 0);
});

test("a worker that freezes during a run does not hold up the list of tasks", async () => {
  await addSpare();
  await doChange(rebalanceStart, target, input());
  await until((jobs) => jobs.progress.length > 0);
  sandbox.freeze("spare");
  const started = performance.now();
  const jobs = await readJobs(asReadLogin);
  sandbox.thaw("spare");
  expect(performance.now() - started).toBeLessThan(4_000);
  expect(jobs.tasks.length).toBeGreaterThan(3);
});

test("a worker that stops during a run costs the progress, not the list of tasks", async () => {
  await addSpare();
  await doChange(rebalanceStart, target, input());
  await until((jobs) => jobs.progress.length > 0);
  await sandbox.stop("spare");
  const retrying = await until(({ tasks }) => tasks.some((task) => task.retryCount > 0));
  const task = retrying.tasks.find((candidate) => candidate.retryCount > 0);
  expect(task?.message).not.toBeNull();
  expect(retrying.tasks.length).toBeGreaterThan(3);
  expect(retrying.jobs[0]?.state).toBe("running");
});
