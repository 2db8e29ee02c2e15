import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { encodeLayout, type KeptLayout } from "@/lib/domain/kept-layout";
import type { LayoutMarks } from "@/lib/domain/layout-moves";
import { shardColumns } from "@/lib/domain/shard-columns";
import { nodeSizes } from "@/lib/domain/sizes";
import { dayAndTime } from "@/lib/format/time";
import { aTable, aWorker, hashShards } from "@/lib/testing/layout";
import { PastShards } from "./past-shards";
import { TimeSlider } from "./time-slider";

vi.mock("@/server/actions/shards", () => ({ findKey: vi.fn(), exactShards: vi.fn() }));
vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

const MINUTE = 60_000;
const START = new Date(2026, 10, 24, 14, 5).getTime();
const clusterId = clusterIdSchema.parse("shop");
const orders = aTable(1, "orders");
const nodes = [0, 1, 2].map((groupId) => {
  const { placementCount: _, ...node } = aWorker(groupId);
  return node;
});
const kept = (over: Partial<KeptLayout["about"]> = {}): KeptLayout => ({
  layout: {
    nodes,
    tables: [orders],
    colocationGroups: [],
    shards: shardColumns(hashShards(orders, 101, 4, (index) => 1 + (index % 2))),
  },
  sizes: new Map([
    [
      2,
      nodeSizes([
        [101, 1_048_576],
        [103, 1_048_576],
      ]),
    ],
  ]),
  about: { measuredAt: START - 60 * MINUTE, changedAt: START - MINUTE, unsureUntil: null, ...over },
});
const MARKS: LayoutMarks = {
  since: START - 60 * MINUTE,
  until: START + 60 * MINUTE,
  marks: [
    { after: START - 30 * MINUTE, at: START - 29 * MINUTE, moved: 2, other: 0 },
    { after: START + 10 * MINUTE, at: START + 11 * MINUTE, moved: 0, other: 1 },
  ],
};

function answering(answer: Response | (() => Response)) {
  vi.stubGlobal("fetch", async () => (answer instanceof Response ? answer : answer()));
}
function draw(what: React.ReactNode) {
  render(<QueryClientProvider client={new QueryClient()}>{what}</QueryClientProvider>, { wrapper: seenBy({}) });
  return userEvent.setup();
}
function slider(at: number | null, marks = MARKS) {
  answering(() => Response.json(marks));
  const onChange = vi.fn();
  return { onChange, user: draw(<TimeSlider clusterId={clusterId} at={at} onChange={onChange} />) };
}

test("from now the slider leads back before the last change, and forward nowhere", async () => {
  const { user, onChange } = slider(null);
  expect((await screen.findByRole("slider")).getAttribute("aria-valuetext")).toBe("Now");
  await user.click(screen.getByRole("button", { name: "Before the last change" }));
  expect(onChange).toHaveBeenLastCalledWith(START + 10 * MINUTE);
  expect(reasonOf(screen.getByRole("button", { name: "After the next" }))).toBe("This is now.");
  expect(document.querySelectorAll("[data-mark]")).toHaveLength(2);
  expect(document.querySelectorAll('[data-mark="moved"]')).toHaveLength(1);
});

test("between two changes it goes to either side, and says which moment it is", async () => {
  const { user, onChange } = slider(START);
  expect((await screen.findByRole("slider")).getAttribute("aria-valuetext")).toBe("Tuesday 2026-11-24 14:05");
  await user.click(screen.getByRole("button", { name: "Before the last change" }));
  expect(onChange).toHaveBeenLastCalledWith(START - 30 * MINUTE);
  await user.click(screen.getByRole("button", { name: "After the next" }));
  expect(onChange).toHaveBeenLastCalledWith(START + 11 * MINUTE);
});

test("a moment that is dragged to is looked at when the hand rests, and the end of the slider is now", async () => {
  const { onChange } = slider(START);
  const range = await screen.findByRole("slider");
  fireEvent.change(range, { target: { value: String(START - 20 * MINUTE) } });
  fireEvent.change(range, { target: { value: String(START - 40 * MINUTE) } });
  await waitFor(() => expect(onChange).toHaveBeenCalledTimes(1));
  expect(Math.abs(onChange.mock.lastCall?.[0] - (START - 40 * MINUTE))).toBeLessThan(MINUTE);
  fireEvent.change(range, { target: { value: String(MARKS.until) } });
  await waitFor(() => expect(onChange).toHaveBeenLastCalledWith(null));
});

test("before anything is on record there is no slider but the reason", async () => {
  slider(null, { since: null, until: null, marks: [] });
  expect(await screen.findByText("No layout is on record yet; it is kept from now on.")).toBeDefined();
  expect(screen.queryByRole("slider")).toBeNull();
});

test("a history that cannot be read says so in the slider's place", async () => {
  answering(Response.json({ code: "state_failed", detail: "not within its time", traceId: "t" }, { status: 503 }));
  draw(<TimeSlider clusterId={clusterId} at={null} onChange={vi.fn()} />);
  expect(await screen.findByText(/The kept layouts cannot be read: not within its time/)).toBeDefined();
});

test("the past is drawn from what is kept under a banner, with everything that asks or changes off, and leads back", async () => {
  answering(() => new Response(encodeLayout(kept()) as BodyInit));
  const onNow = vi.fn();
  const user = draw(<PastShards clusterId={clusterId} at={START} onNow={onNow} />);
  const reason = "You look at Tuesday 2026-11-24 14:05; nothing here can be changed.";
  expect(await screen.findByText(reason)).toBeDefined();
  expect(await screen.findByText(/Sizes are those of Tuesday 2026-11-24 13:05\./)).toBeDefined();
  expect(await screen.findByRole("grid", { name: "Shard groups" })).toBeDefined();
  expect(reasonOf(screen.getByRole("button", { name: "Find" }))).toBe(reason);
  // Of node :55165 nothing is on record, so its groups have no size, and not 0.
  expect(screen.getByText("Sizes of 1 of 2 nodes")).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Back to now" }));
  expect(onNow).toHaveBeenCalled();
});

test("a moment in a time when nobody looked says that what came then may already have happened", async () => {
  const unsureUntil = START + 3 * 60 * MINUTE;
  answering(() => new Response(encodeLayout(kept({ unsureUntil, measuredAt: null })) as BodyInit));
  draw(<PastShards clusterId={clusterId} at={START} onNow={vi.fn()} />);
  expect(await screen.findByText(new RegExp(`Nobody looked until ${dayAndTime(unsureUntil)}`))).toBeDefined();
  expect(screen.getByText(/No sizes of that day are on record/)).toBeDefined();
});

test("a moment that is not on record leaves the way back", async () => {
  const problem = { code: "not_found", detail: "No layout of that moment is on record.", traceId: "t" };
  answering(Response.json(problem, { status: 404 }));
  const onNow = vi.fn();
  const user = draw(<PastShards clusterId={clusterId} at={1} onNow={onNow} />);
  expect(await screen.findByText(/No layout of that moment is on record/)).toBeDefined();
  await user.click(screen.getByRole("button", { name: "Back to now" }));
  expect(onNow).toHaveBeenCalled();
});
