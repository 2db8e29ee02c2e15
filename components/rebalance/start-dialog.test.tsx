import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { rebalancePlanOf } from "@/lib/domain/picture-plan";
import { changePlanQuery } from "@/lib/queries/changes";
import { rebalanceStartActions } from "@/lib/queries/rebalance";
import { aPlan } from "@/lib/testing/changes";
import { RECORDED_PLAN, recordedCluster } from "@/lib/testing/recorded-plan";
import { StartDialog } from "./start-dialog";
import { StartPanel } from "./start-panel";

vi.mock("@/lib/queries/rebalance", () => ({
  rebalanceStartActions: { name: "rebalance.start", preview: vi.fn(), start: vi.fn() },
}));

const planOf = (moves: number, size: string) =>
  aPlan({
    change: "rebalance.start",
    steps: [{ title: `Schedule ${moves} moves, ${size}`, sql: ["select citus_rebalance_start();"] }],
    notes: [],
    fingerprint: `${moves}`,
  });

const options = {
  strategy: "by_disk_size",
  drainOnly: false,
  mode: "force_logical" as const,
  parallelReferenceTables: false,
  parallelColocatedShards: false,
};
const clusterId = clusterIdSchema.parse("shop");

/** The panel behind the dialog shows the same preview, and makes it again when it likes. */
function PanelBehind() {
  const preview = useQuery(changePlanQuery(rebalanceStartActions, { clusterId, ...options }));
  return (
    <button type="button" onClick={() => void preview.refetch()}>
      Panel: {preview.data?.steps[0]?.title}
    </button>
  );
}

function open() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PanelBehind />
      <StartDialog clusterId={clusterId} starting={{ options, moves: 2, what: "2 moves, 128 kB" }} onClose={() => {}} />
    </QueryClientProvider>,
  );
}

beforeEach(() => vi.mocked(rebalanceStartActions.preview).mockReset());

test("the plan in the dialog stays what it is when the panel behind it looks again: what is read is what is confirmed", async () => {
  const preview = vi.mocked(rebalanceStartActions.preview).mockResolvedValue({ ok: true, data: planOf(2, "128 kB") });
  open();
  expect(await screen.findByText("Schedule 2 moves, 128 kB")).toBeDefined();
  preview.mockResolvedValue({ ok: true, data: planOf(17, "13.7 MB") });
  fireEvent.click(screen.getByRole("button", { name: /^Panel/, hidden: true }));
  expect(await screen.findByText("Panel: Schedule 17 moves, 13.7 MB")).toBeDefined();
  expect(screen.getByText("Schedule 2 moves, 128 kB")).toBeDefined();
  expect(screen.queryByText("Schedule 17 moves, 13.7 MB")).toBeNull();
});

test("question and button name the plan that is shown, also after the cluster changed under it", async () => {
  const preview = vi.mocked(rebalanceStartActions.preview).mockResolvedValue({ ok: true, data: planOf(2, "128 kB") });
  vi.mocked(rebalanceStartActions.start).mockImplementation(async () => {
    preview.mockResolvedValue({ ok: true, data: planOf(17, "13.7 MB") });
    return { ok: false, problem: { code: "stale_plan", detail: "", traceId: "t" } };
  });
  open();
  expect(await screen.findByText("Schedule 2 moves, 128 kB")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Start 2 moves" }));
  expect(await screen.findByText("Schedule 17 moves, 13.7 MB")).toBeDefined();
  expect(screen.getByRole("dialog", { name: "Start 17 moves, 13.7 MB?" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Start 17 moves" })).toBeDefined();
});

test.each([
  ["a viewer", { role: "viewer" }, "Your role is viewer; this needs the role operator (right rebalance:start)."],
  ["an operator where nothing is in the way", { role: "operator" }, null],
  [
    "an operator of a read-only cluster",
    { role: "operator", readOnly: "cluster" },
    "This cluster is read-only in the console's configuration.",
  ],
] as const)(
  "%s sees the plan with its statement, and Start with its reason if it is off",
  async (_who, rules, because) => {
    vi.mocked(rebalanceStartActions.preview).mockResolvedValue({ ok: true, data: planOf(14, "42 MB") });
    const plan = rebalancePlanOf(RECORDED_PLAN, recordedCluster(), { ...options, notices: [], tookMs: 20 });
    render(
      <QueryClientProvider client={new QueryClient()}>
        <StartPanel
          {...{ clusterId, options, plan, madeAt: 0, isAsking: false, onRefresh() {}, onMode() {}, onStart() {} }}
        />
      </QueryClientProvider>,
      { wrapper: seenBy(rules) },
    );
    await waitFor(() => expect(document.querySelector("pre")?.textContent).toContain("citus_rebalance_start"));
    expect(reasonOf(screen.getByRole("button", { name: /^Start: 14 moves/ }))).toBe(because);
  },
);
