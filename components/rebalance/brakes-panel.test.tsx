import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { type Brakes, NO_LIMITS } from "@/lib/domain/brakes";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Jobs } from "@/lib/domain/job";
import { aJob, someJobs } from "@/lib/testing/jobs";
import { BrakesPanel } from "./brakes-panel";

const set = vi.hoisted(() => vi.fn(async () => ({ ok: true, data: null })));
vi.mock("@/server/actions/rebalance", () => ({
  askJobTasks: vi.fn(),
  askRebalancePlans: vi.fn(),
  changeRebalancePace: vi.fn(),
  previewRebalancePace: vi.fn(),
  previewRebalanceStart: vi.fn(),
  previewRebalanceStop: vi.fn(),
  setRebalanceBrakes: set,
  startRebalance: vi.fn(),
  stopRebalance: vi.fn(),
}));

const CLUSTER = clusterIdSchema.parse("shop");
const BRAKES: Brakes = {
  limits: { ...NO_LIMITS, lag: 30, disk: 15 },
  window: null,
  setBy: "ada",
  setAt: 1_000_000,
  tripped: null,
  readings: { lag: { value: 4, why: null }, disk: { value: null, why: "no node says how full its disk is" } },
};

function drawn(over: Partial<Jobs>, role: "viewer" | "operator" = "operator") {
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <BrakesPanel clusterId={CLUSTER} jobs={someJobs(over)} />
    </QueryClientProvider>,
    { wrapper: seenBy({ role }) },
  ).container;
}

test("each brake shows its value, its limit and how far it is; an unknown value says that it cannot act", {
  timeout: 60_000,
}, () => {
  const panel = drawn({ brakes: BRAKES });
  expect(panel.textContent).toContain("Replica lag is 4 s; it stops the run above 30 s, 26 s from here.");
  expect(panel.textContent).toContain(
    "Free disk is unknown (no node says how full its disk is): the brake cannot act.",
  );
  expect(panel.textContent).toContain("set by ada");
});

test("a run that a brake stopped says why, and how to go on", { timeout: 60_000 }, () => {
  const tripped = { jobId: 9, at: 1_000_000, reason: "Replica lag is 45 s, above the limit of 30 s.", failure: null };
  const panel = drawn({ jobs: [aJob({ state: "cancelled" })], brakes: { ...BRAKES, tripped } });
  expect(panel.textContent).toContain("Job 9 was stopped by a brake");
  expect(panel.textContent).toContain("look at the new plan");
});

test("an empty field is off, and what is no number is not sent", { timeout: 60_000 }, async () => {
  drawn({ brakes: null });
  fireEvent.click(screen.getByRole("button", { name: "Set brakes…" }));
  fireEvent.change(screen.getByLabelText("Replica lag"), { target: { value: "abc" } });
  const button = screen.getByRole("button", { name: "Set brakes" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  fireEvent.change(screen.getByLabelText("Replica lag"), { target: { value: "30" } });
  fireEvent.click(screen.getByRole("button", { name: "Set brakes" }));
  await vi.waitUntil(() => set.mock.calls.length > 0);
  expect(set).toHaveBeenCalledWith({ clusterId: CLUSTER, limits: { ...NO_LIMITS, lag: 30 }, window: null });
});

test("a viewer sees the brakes and is told why they are not theirs to set", { timeout: 60_000 }, () => {
  drawn({ brakes: BRAKES }, "viewer");
  expect(reasonOf(screen.getByRole("button", { name: "Set brakes…" }))).toContain("viewer");
});
