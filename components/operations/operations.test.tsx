import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import type { Run } from "@/lib/domain/change";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { aPlan, aRun } from "@/lib/testing/changes";
import { liveAnswer } from "@/lib/testing/live-answer";
import { previewDrainNode } from "@/server/actions/nodes";
import { OperationScreen } from "./operation-screen";
import { OperationsScreen } from "./operations-screen";

vi.mock("@/server/actions/nodes", async () => {
  const names = ["Drain", "Add", "Remove", "Disable", "Activate", "Open", "Close"].map((verb) => `${verb}Node`);
  const all = [...names, "AddSecondary", "SetCoordinatorHost"];
  return Object.fromEntries(
    all.flatMap((name) => [
      [`preview${name}`, vi.fn()],
      [name[0]?.toLowerCase() + name.slice(1), vi.fn()],
    ]),
  );
});
vi.mock(
  "@/server/actions/tables",
  () => new Proxy({}, { get: (_, name) => (name === "then" ? undefined : vi.fn()), has: () => true }),
);
vi.mock("@/server/actions/rebalance", () => ({
  startRebalance: vi.fn(),
  previewRebalanceStart: vi.fn(),
  stopRebalance: vi.fn(),
  previewRebalanceStop: vi.fn(),
  askRebalancePlans: vi.fn(),
  changeRebalancePace: vi.fn(),
  previewRebalancePace: vi.fn(),
  setRebalanceBrakes: vi.fn(),
  askJobTasks: vi.fn(),
}));
vi.mock("@/server/actions/debris", () => ({ cleanDebris: vi.fn(), previewCleanDebris: vi.fn() }));
vi.mock("@/server/actions/operations", () => ({ closeUnknownRun: vi.fn() }));
const push = vi.fn();
vi.mock("next/navigation", () => ({ useRouter: () => ({ push }) }));

const clusterId = clusterIdSchema.parse("shop");
const FAILED = aRun({
  id: "r-failed",
  state: "failed",
  input: { clusterId: "shop", nodeId: 3, mode: "auto" },
  problem: { code: "pg_refused", detail: "there is no room", traceId: "t" },
  effect: null,
  reason: "it is old",
});

function open(screenOf: "list" | Run, { topic = [FAILED, aRun()], rules = {} as Parameters<typeof seenBy>[0] } = {}) {
  const live = { version: "1", ageMs: 0, tookMs: 1, problem: null, failingForMs: null };
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    if (url.includes("/live/runs")) return liveAnswer({ ...live, data: { runs: topic } });
    if (url.includes("/audit?")) {
      const check = { from: 1, to: 1, checkedAt: 0, misfit: null, problem: null };
      return Response.json({ entries: [], next: null, ownOnly: null, hiddenBecause: null, check });
    }
    if (url.includes("/runs/")) return Response.json(screenOf === "list" ? null : screenOf);
    return liveAnswer({ ...live, data: null });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      {screenOf === "list" ? (
        <OperationsScreen clusterId={clusterId} />
      ) : (
        <OperationScreen clusterId={clusterId} runId={screenOf.id} />
      )}
    </QueryClientProvider>,
    { wrapper: seenBy(rules) },
  );
  return { user: userEvent.setup(), asked };
}

beforeEach(() =>
  vi
    .mocked(previewDrainNode)
    .mockReset()
    .mockResolvedValue({ ok: true, data: aPlan({ fingerprint: "new" }) }),
);

test("the list says of each operation what, who, how it stands and what came of it, and a click leads to its page", async () => {
  const { user } = open("list");
  const grid = await screen.findByRole("grid", { name: "Operations" });
  const [failed, done] = within(grid).getAllByRole("row").slice(1);
  expect(failed?.textContent).toContain("Drain :55179failed");
  expect(failed?.textContent).toContain("there is no room");
  expect(done?.textContent).toMatch(/^Drain :55179succeeded.*ada1\.8 spg_dist_node says/);
  await user.click(failed as HTMLElement);
  expect(push).toHaveBeenCalledWith("/clusters/shop/operations/r-failed");
});

test("a rebalance that was scheduled is called started: how its moves end, their job says", async () => {
  open("list", { topic: [aRun({ change: "rebalance.start", subject: "by_disk_size", jobId: 7 })] });
  const grid = await screen.findByRole("grid", { name: "Operations" });
  expect(within(grid).getAllByRole("row")[1]?.textContent).toContain("by_disk_sizestarted");
});

test("an operation that is too old for the live topic is read from what was kept", async () => {
  const { asked } = open(FAILED, { topic: [aRun()] });
  expect(await screen.findByText("Reason: it is old")).toBeDefined();
  expect(asked).toContain("/api/clusters/shop/runs/r-failed");
});

test("its page shows the statements, the problem, and that its statement was not sent", async () => {
  const waiting = FAILED.steps.map((step) => ({
    ...step,
    state: "waiting" as const,
    startedAt: null,
    finishedAt: null,
  }));
  open({ ...FAILED, steps: waiting }, { topic: [{ ...FAILED, steps: waiting }] });
  const happened = await screen.findByRole("region", { name: "What happened" });
  expect(happened.textContent).toContain("Close :55179 for new shards: not sent");
  expect(happened.textContent).toContain("select close();");
  expect(happened.textContent).toContain("there is no room");
});

test("what failed is asked for again with the same input, and with a plan made anew", async () => {
  const { user } = open(FAILED);
  await user.click(await screen.findByRole("button", { name: "Try again…" }));
  expect(await screen.findByRole("dialog", { name: /Drain :55179 once more\?/ })).toBeDefined();
  expect(previewDrainNode).toHaveBeenCalledWith({ clusterId: "shop", nodeId: 3, mode: "auto" });
});

test.each([
  ["a viewer", FAILED, { role: "viewer" }, "Your role is viewer"],
  ["an admin of a read-only cluster", FAILED, { readOnly: "cluster" }, "This cluster is read-only"],
  [
    "an admin, of an unknown end",
    { ...FAILED, state: "unknown" },
    {},
    "How it ended is not known. Look at the cluster first",
  ],
  ["an admin, of one under way", { ...FAILED, state: "running" }, {}, "It is still under way."],
] as const)("%s sees Try again and why it is off", async (_who, run, rules, because) => {
  open(run as Run, { topic: [run as Run], rules });
  expect(reasonOf(await screen.findByRole("button", { name: "Try again…" }))).toContain(because);
});

test.each([
  ["one that succeeded", aRun()],
  [
    "one that signalled sessions: behind the same number there may be another by now",
    { ...FAILED, change: "activity.terminate" },
  ],
])("%s is not offered again", async (_what, run) => {
  open(run, { topic: [run] });
  await screen.findByRole("region", { name: "What happened" });
  expect(screen.queryByRole("button", { name: "Try again…" })).toBeNull();
});
