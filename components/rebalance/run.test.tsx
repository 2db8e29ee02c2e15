import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { JobRecord, Jobs } from "@/lib/domain/job";
import type { Live } from "@/lib/queries/live";
import { aJob, aMove, aTask, someJobs } from "@/lib/testing/jobs";
import { aWorker } from "@/lib/testing/layout";
import { RunPanel } from "./run-panel";

vi.mock("@/server/actions/rebalance", () => {
  const never = () => new Promise(() => {});
  return {
    askJobTasks: never,
    askRebalancePlans: never,
    changeRebalancePace: never,
    previewRebalancePace: never,
    setRebalanceBrakes: never,
    previewRebalanceStart: never,
    previewRebalanceStop: never,
    startRebalance: never,
    stopRebalance: never,
  };
});

const CLUSTER = clusterIdSchema.parse("shop");
const NODES = [aWorker(0), aWorker(1), aWorker(2), aWorker(6)];

const RECORD: JobRecord = {
  jobId: 9,
  tasks: {
    29: {
      bytes: 3000,
      copiedBytes: 3000,
      startedAt: 1_000_000,
      finishedAt: 1_030_000,
      phases: [{ phase: "Copying Data", at: 1_000_000 }],
    },
    30: {
      bytes: 1000,
      copiedBytes: 400,
      startedAt: 1_031_000,
      finishedAt: null,
      phases: [{ phase: "Copying Data", at: 1_031_000 }],
    },
    31: { bytes: 1000, copiedBytes: 0, startedAt: null, finishedAt: null, phases: [] },
  },
  copied: [
    [1_040_000, 3100],
    [1_050_000, 3200],
    [1_060_000, 3400],
  ],
  skewBefore: null,
  skewAfter: null,
  watched: [],
  usual: null,
};

const DONE = aTask({
  taskId: 29,
  status: "done",
  pid: null,
  command: "SELECT pg_catalog.citus_move_shard_placement(102033,2,7,'auto')",
});
const WAITING = aTask({
  taskId: 31,
  status: "blocked",
  pid: null,
  dependsOn: [30],
  command: "SELECT pg_catalog.citus_move_shard_placement(102035,3,7,'auto')",
});

function drawn(over: Partial<Jobs> = {}, rules: Parameters<typeof seenBy>[0] = {}) {
  const jobs = someJobs({ tasks: [DONE, aTask(), WAITING], record: RECORD, ...over });
  const live: Live<Jobs> = {
    version: "1",
    data: jobs,
    ageMs: 0,
    tookMs: 5,
    problem: null,
    failingForMs: null,
    receivedAt: Date.now(),
  };
  vi.stubGlobal("fetch", () => new Promise(() => {}));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RunPanel clusterId={CLUSTER} jobs={jobs} live={live} nodes={NODES} />
    </QueryClientProvider>,
    { wrapper: seenBy(rules) },
  );
  return screen.getByRole("region", { name: "Job 9" });
}

const rowOf = (panel: HTMLElement, shard: string) => within(panel).getByRole("row", { name: new RegExp(`^${shard}`) });

test("a run says how far it is in percent, bytes and moves, and about how long it takes", () => {
  const panel = drawn();
  expect(panel).toHaveProperty("textContent", expect.stringContaining("68 %"));
  expect(panel.textContent).toContain("3.3 kB of 4.9 kB");
  expect(panel.textContent).toContain("1 of 3 moves");
  expect(panel.textContent).toMatch(/about [\d.]+ (s|min).* left/);
  expect(within(panel).getByRole("progressbar").getAttribute("aria-valuenow")).toBe("68");
});

test("each task says where it goes, how large it is and where it stands", () => {
  const panel = drawn();
  expect(rowOf(panel, "102033").textContent).toContain("30 s");
  expect(rowOf(panel, "102034").textContent).toContain("Copying Data");
  expect(rowOf(panel, "102035").textContent).toContain("waits for 102034");
  expect(rowOf(panel, "102034").textContent).toContain(":55170");
});

test("a task that fails again and again shows its retries, and the sentence says why nothing moves", () => {
  const retrying = aTask({
    status: "runnable",
    pid: null,
    retryCount: 7,
    notBefore: 1_090_000,
    message: "ERROR:  connection refused",
  });
  const panel = drawn({ tasks: [DONE, retrying, WAITING], progress: [] });
  expect(rowOf(panel, "102034").textContent).toContain("retry 7 of 32");
  expect(panel.textContent).toContain("not known while nothing moves");
  expect(panel.textContent).toMatch(/Shard group 102034 failed: retry 7 of 32 at [\d:]+\. connection refused/);
});

test("while a stop is obeyed a second one is off, and says why", () => {
  const panel = drawn({ jobs: [aJob({ state: "cancelling" })], tasks: [DONE, aTask({ status: "cancelling" })] });
  const stop = within(panel).getByRole("button", { name: /Stop/ });
  expect(stop.getAttribute("aria-disabled")).toBe("true");
  expect(panel.textContent).toContain("is being obeyed");
  expect(panel.textContent).not.toContain("left");
});

test("a failed run says what failed, and cannot be stopped", () => {
  const panel = drawn({
    jobs: [
      aJob({ state: "failed", finishedAt: 1_060_000, failure: "ERROR:  no space left", moves: { done: 1, total: 3 } }),
    ],
    tasks: [DONE, aTask({ status: "error", pid: null, retryCount: 33, message: "ERROR:  no space left" })],
    progress: [],
    clock: null,
  });
  expect(panel.textContent).toContain("no space left");
  expect(within(panel).queryByRole("button", { name: /Stop/ })).toBeNull();
  expect(rowOf(panel, "102034").textContent).toContain("given up after 33 tries");
});

test("a login without pg_monitor sees the tasks, and why no phase stands there", () => {
  const panel = drawn({ progress: [], monitorAlive: null });
  expect(panel.textContent).toContain("lacks pg_monitor");
  expect(rowOf(panel, "102034").textContent).toContain("running");
});

test("sizes that nobody measured are unknown, and the share is told by moves", () => {
  const panel = drawn({ record: null, progress: [aMove({ sourceBytes: null })] });
  expect(panel.textContent).toContain("33 %");
  expect(panel.textContent).toContain("unknown: the size of some shard group is not known");
});

test("a finished run that nobody watched does not invent times", () => {
  const panel = drawn({
    jobs: [aJob({ state: "finished", finishedAt: 1_060_000, moves: { done: 1, total: 1 } })],
    tasks: [DONE],
    progress: [],
    record: null,
    clock: null,
  });
  expect(panel.textContent).toContain("100 %");
  expect(panel.textContent).toContain("no console looked");
});

test.each([
  ["a viewer", { role: "viewer" }, "Your role is viewer; this needs the role operator (right rebalance:stop)."],
  ["an operator of a read-only cluster", { role: "operator", readOnly: "cluster" }, "This cluster is read-only"],
] as const)("%s sees Stop and why it is off", (_who, rules, because) => {
  const stop = within(drawn({}, rules)).getByRole("button", { name: "Stop…" });
  expect(reasonOf(stop)).toContain(because);
});

test("an operator may stop", () => {
  expect(reasonOf(within(drawn({}, { role: "operator" })).getByRole("button", { name: "Stop…" }))).toBeNull();
});
