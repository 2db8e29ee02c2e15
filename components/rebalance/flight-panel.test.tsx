import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Flight } from "@/lib/domain/flight";
import { flightOf, recordedSteps } from "@/lib/testing/flights";
import { aWorker } from "@/lib/testing/layout";
import { FlightPanel } from "./flight-panel";

vi.mock("@/server/actions/rebalance", () => ({}));

const CLUSTER = clusterIdSchema.parse("shop");
const NODES = [aWorker(0), aWorker(1), aWorker(2), aWorker(6)];
const EVEN = { bytes: 0.3, groups: 0.2, closedGroups: 0 };
const whole = flightOf(recordedSteps());

function drawn(flight: Flight) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <FlightPanel clusterId={CLUSTER} flight={flight} nodes={NODES} />
    </QueryClientProvider>,
  );
  return screen.getByRole("region", { name: `Job ${flight.job.jobId}` });
}

test("the slider shows any moment of the run, and the button the end again", { timeout: 60_000 }, () => {
  const panel = drawn(whole);
  expect(panel.textContent).toContain("100 %");
  const slider = screen.getByRole("slider", { name: "Replay" });
  fireEvent.change(slider, { target: { value: String(Math.round((whole.job.startedAt ?? 0) + 45_000)) } });
  expect(panel.textContent).toMatch(/[67] of 14 moves/);
  expect(panel.textContent).toContain("after the start");
  expect(panel.textContent).toMatch(/about .* left/);
  fireEvent.click(screen.getByRole("button", { name: "To the end" }));
  expect(panel.textContent).toContain("14 of 14 moves");
});

test("a time in which nobody looked is said with its length", { timeout: 60_000 }, () => {
  drawn(flightOf(recordedSteps((second) => second > 20 && second < 50)));
  expect(screen.getByRole("list", { name: "Gaps in the record" }).textContent).toMatch(
    /Nobody looked from .*\(\d+ s\)/,
  );
});

test("a run that did not improve the balance says so as an alert", { timeout: 60_000 }, () => {
  drawn({ ...whole, skewBefore: EVEN, skewAfter: EVEN });
  expect(screen.getByRole("alert").textContent).toContain("did not improve the balance");
});

test("one that did says it quietly", { timeout: 60_000 }, () => {
  drawn({ ...whole, skewBefore: EVEN, skewAfter: { ...EVEN, bytes: 0.05 } });
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByText("The cluster is more even than before.")).toBeDefined();
});

test("the record is exported whole and as lines for a spreadsheet", { timeout: 60_000 }, () => {
  drawn(whole);
  expect(screen.getByRole("link", { name: "Export JSON" }).getAttribute("href")).toContain(
    "/flights/1/export?format=json",
  );
  expect(screen.getByRole("link", { name: "Export CSV" }).getAttribute("href")).toContain("format=csv");
});
