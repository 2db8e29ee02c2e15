import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { History } from "@/lib/domain/history";
import { nodeRows } from "@/lib/domain/node-rows";
import { aWorker } from "@/lib/testing/layout";
import { anAnswer } from "@/lib/testing/node-facts";
import { GrowthPanel } from "./growth-panel";

const GB = 1024 ** 3;
const HOUR = 3_600_000;
const END = new Date(2026, 10, 28, 12).getTime();
const worker = aWorker(1);
const key = String(worker.id);

/** Hours until now that end at `end` and grew by so much a day. */
function aSeries(count: number, end: number, perDay: number): History {
  const times = Array.from({ length: 168 }, (_, index) => END - (168 - index) * HOUR);
  const mean = times.map((_, index) => (index < 168 - count ? null : end - ((167 - index) * perDay) / 24));
  const lines = count === 0 ? [] : [{ key, mean, low: mean, high: mean }];
  return { since: count === 0 ? null : END - count * HOUR, stepMs: HOUR, times, lines };
}

function draw(bytes: History | Response, free: History | Response) {
  vi.stubGlobal("fetch", async (url: string) => {
    const one = url.includes("node-bytes") ? bytes : free;
    return one instanceof Response ? one : Response.json(one);
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <GrowthPanel
        clusterId={clusterIdSchema.parse("shop")}
        rows={nodeRows([worker], new Map(), { answers: [anAnswer(worker)] })}
      />
    </QueryClientProvider>,
  );
}

test("a disk that fills says when, by what and how sure that is", async () => {
  draw(aSeries(168, 30 * GB, GB), aSeries(168, 40 * GB, -GB));
  const row = await screen.findByRole("row", { name: /55165/ });
  expect(within(row).getByText("+1.0 GB a day")).toBeDefined();
  expect(within(row).getByRole("img", { name: /127.0.0.1:55165, last 7 d: from 23.0 GB to 30.0 GB/ })).toBeDefined();
  expect(within(row).getByText("full in about 40 days (2027-01-07)")).toBeDefined();
  expect(within(row).getByText(/^by a straight line through the last 6 d 23 h/)).toBeDefined();
});

test("where less than a day is known there is no forecast but the reason, and the head says since when", async () => {
  draw(aSeries(4, 30 * GB, GB), aSeries(4, 40 * GB, -GB));
  const row = await screen.findByRole("row", { name: /55165/ });
  expect(within(row).getByText("known for 3 h; a trend needs a day")).toBeDefined();
  expect(within(row).getByText("unknown: known for 3 h; a trend needs a day")).toBeDefined();
  expect(screen.getByText(/^last 7 d, known since 2026-11-28 08:00:00$/)).toBeDefined();
});

test("before anything is on record the panel says what will be", async () => {
  draw(aSeries(0, 0, 0), aSeries(0, 0, 0));
  expect(await screen.findByText("No size is on record yet.")).toBeDefined();
});

test("a history that does not answer says so and takes nothing else away", async () => {
  const problem = { code: "state_failed", detail: "The history does not answer: not within its time.", traceId: "t" };
  draw(Response.json(problem, { status: 503 }), aSeries(168, 40 * GB, -GB));
  expect(await screen.findByText(/The numbers above are current/)).toBeDefined();
  expect(screen.queryByRole("table")).toBeNull();
});
