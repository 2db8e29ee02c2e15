import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { DatedEvent, Moves } from "@/lib/domain/layout-moves";
import { sinceMoment } from "@/lib/domain/moves-since";
import { aJob } from "@/lib/testing/jobs";
import { MovesSince } from "./moves-since";

const clusterId = clusterIdSchema.parse("shop");
const NOW = new Date(2026, 10, 28, 12).getTime();
const HOUR = 3_600_000;
const FROM = NOW - 24 * HOUR;
const move = (id: number, over: Partial<DatedEvent> = {}): DatedEvent => ({
  kind: "moved",
  id,
  names: ["public.customers", "public.orders"],
  shards: 2,
  from: ["10.0.0.1:5432"],
  to: ["10.0.0.2:5432"],
  bytes: 1024 ** 3,
  after: NOW - HOUR - 3_000,
  at: NOW - HOUR,
  ...over,
});
const WHOLE: Moves = { since: FROM - HOUR, until: NOW, events: [], leftOut: 0 };

function draw(moves: Moves | Response, from: number | null = FROM, areJobsKnown = true) {
  vi.stubGlobal("fetch", async () => (moves instanceof Response ? moves : Response.json(moves)));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MovesSince clusterId={clusterId} from={from} now={NOW} areJobsKnown={areJobsKnown} />
    </QueryClientProvider>,
  );
}

test("what moved is listed with both nodes, bytes and time, and summed in a sentence", async () => {
  const joined = move(7, { kind: "node-joined", names: ["10.0.0.3:5432"], shards: 0, from: [], to: [], bytes: null });
  draw({ ...WHOLE, events: [move(101), move(102, { bytes: null }), joined] });
  expect(
    await screen.findByText(
      /Since Friday 2026-11-27 12:00: 2 shard groups moved with at least 1.0 GB; 1 node joined\./,
    ),
  ).toBeDefined();
  const row = screen.getByRole("row", { name: /101/ });
  expect(within(row).getByText("10.0.0.1:5432 → 10.0.0.2:5432")).toBeDefined();
  expect(within(row).getByText("2026-11-28 11:00:00")).toBeDefined();
  expect(within(row).getByText("public.customers, public.orders")).toBeDefined();
  const map = within(row).getByRole("link", { name: "Map before it" });
  expect(map.getAttribute("href")).toBe(`/clusters/shop/shards?at=${NOW - HOUR - 3_000}`);
  expect(
    within(screen.getByRole("row", { name: /102/ })).getByText("unknown: its size was not known then"),
  ).toBeDefined();
});

test("what happened while nobody looked has two times, never one that was not seen", async () => {
  draw({ ...WHOLE, events: [move(101, { after: NOW - 5 * HOUR })] });
  expect(await screen.findByText("2026-11-28 07:00:00 – 11:00:00")).toBeDefined();
});

test("nothing moved is a sentence, and what is not known stands beside it", async () => {
  draw({ ...WHOLE, since: FROM + HOUR });
  expect(await screen.findByText("Nothing moved since Friday 2026-11-27 12:00.")).toBeDefined();
  expect(
    screen.getByText(/The layout is known since Friday 2026-11-27 13:00; what moved before is not\./),
  ).toBeDefined();
});

test("more than can be listed says how many are not, and a history that stopped until when it goes", async () => {
  draw({ ...WHOLE, events: [move(101)], leftOut: 12, until: NOW - HOUR });
  expect(await screen.findByText(/12 older events in this time are not listed\./)).toBeDefined();
  expect(screen.getByText(/It was last read Saturday 2026-11-28 11:00\./)).toBeDefined();
});

test("no layout on record, no rebalance, and no answer are three different things", async () => {
  draw({ ...WHOLE, since: null, until: null });
  expect(await screen.findByText("No layout is on record yet.")).toBeDefined();
  draw(WHOLE, null);
  expect(screen.getByText("No rebalance is on record at the coordinator.")).toBeDefined();
  draw(Response.json({ code: "state_failed", detail: "The history is away.", traceId: "t" }, { status: 503 }));
  expect(await screen.findByText(/The history is away\./)).toBeDefined();
});

test("Monday is this week's by the reader's calendar, and the last rebalance is the newest that began", () => {
  const midnight = new Date(2026, 10, 23).getTime();
  for (const day of [23, 25, 29])
    expect(sinceMoment("monday", new Date(2026, 10, day, 9).getTime(), [])).toBe(midnight);
  expect(sinceMoment("rebalance", NOW, [])).toBeNull();
  expect(sinceMoment("rebalance", NOW, [aJob({ startedAt: null }), aJob({ startedAt: 5, finishedAt: 9 })])).toBe(5);
});
