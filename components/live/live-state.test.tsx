import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Live } from "@/lib/queries/live";
import { LiveState } from "./live-state";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000_000 }));
afterEach(() => vi.useRealTimers());

const live = (over: Partial<Live<string>> = {}): Live<string> => ({
  version: "1",
  data: "three nodes",
  ageMs: 2_000,
  tookMs: 1,
  problem: null,
  failingForMs: null,
  receivedAt: Date.now(),
  ...over,
});

const open = (data: Live<string> | undefined, error: Error | null = null) =>
  render(
    <LiveState query={{ data, error, isPending: data === undefined }} skeleton="loading">
      {(value) => <p>{value}</p>}
    </LiveState>,
  );

test("while the console's own server is gone the data stays, and its age goes on growing", () => {
  open(live(), new TypeError("Failed to fetch"));
  expect(screen.getByText("three nodes")).toBeDefined();
  expect(document.body.textContent).toContain("What is shown was read 2 s ago.");
  act(() => void vi.advanceTimersByTime(60_000));
  expect(document.body.textContent).toContain("What is shown was read 1 min 2 s ago.");
});

test("what was never read is a problem and no data; before the first answer there is the skeleton", () => {
  const problem = { code: "cluster_unreachable" as const, detail: "connect ECONNREFUSED", traceId: "t" };
  open(live({ data: null, ageMs: null, problem }));
  expect(screen.getByRole("alert").textContent).toContain("connect ECONNREFUSED");
  open(undefined);
  expect(screen.getByText("loading")).toBeDefined();
});
