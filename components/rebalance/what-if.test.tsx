import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { PlannerFacts, PlannerRules } from "@/lib/domain/planner-rules";
import { SHIPPED_OPTIONS } from "@/lib/domain/shipped-strategies";
import { aPicture } from "@/lib/testing/layout";
import { useWhatIfChoice } from "./use-what-if-choice";
import { WhatIfBench } from "./what-if-bench";

vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

const rules = (name: "by_shard_count" | "by_disk_size"): PlannerRules => ({
  ...SHIPPED_OPTIONS[name],
  name,
  isDefault: name === "by_disk_size",
  costs: name === "by_shard_count" ? "count" : { baseBytes: 104_857_600 },
  capacities: [],
  disallowed: [],
});
const FACTS: PlannerFacts = {
  tableOids: [],
  strategies: [
    { known: true, rules: rules("by_disk_size") },
    { known: true, rules: rules("by_shard_count") },
    { known: false, name: "ours", because: "permission denied for function weight" },
  ],
};
const PACE = { secondsPerMove: 6, secondsPerByte: 0, from: 14 };

beforeEach(() => window.history.replaceState(null, "", "/clusters/shop/rebalance"));

function Bench({ picture, pace }: { picture: ReturnType<typeof aPicture>; pace: typeof PACE | undefined }) {
  return <WhatIfBench picture={picture} facts={FACTS} mode="auto" pace={pace} choice={useWhatIfChoice()} />;
}

function bench({ search = "", picture = aPicture(), pace = PACE as typeof PACE | null } = {}) {
  window.history.replaceState(null, "", `/clusters/shop/rebalance${search}`);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Bench picture={picture} pace={pace ?? undefined} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}
const cardOf = async (name: string) => {
  const heading = await screen.findByRole("heading", { name });
  return within(heading.closest("li") ?? document.body);
};

test("each strategy's plan stands beside the others; one whose functions cannot be asked says why", async () => {
  bench({ search: "?whatif=more-2" });
  expect((await cardOf("by_shard_count")).getByText(/^\d+ moves$/)).toBeDefined();
  expect((await cardOf("by_disk_size")).getByText(/about .* s$/)).toBeDefined();
  expect((await cardOf("ours")).getByText(/permission denied for function weight/)).toBeDefined();
});

test("another cluster is chosen, stands in the address, and the way to it is said", async () => {
  const user = bench();
  await cardOf("by_shard_count");
  await user.selectOptions(screen.getByLabelText("The cluster"), "without :55165");
  expect(window.location.search).toBe("?whatif=without-2");
  expect(screen.getByText(/Drain the node on the screen Nodes/)).toBeDefined();
});

test("a threshold that a start does not take is offered as a strategy", async () => {
  bench({ search: "?whatif=as-it-is&threshold=0" });
  const card = await cardOf("by_disk_size");
  expect(card.getByText("0 % is below the least that by_disk_size allows.")).toBeDefined();
  expect(document.body.textContent).toContain("citus_add_rebalance_strategy('by_disk_size_0'");
});

test("a shard group is put elsewhere by keyboard, and all are put back", async () => {
  const user = bench({ search: "?whatif=as-it-is" });
  await cardOf("by_shard_count");
  await user.selectOptions(screen.getByLabelText("to"), ":55167");
  await user.click(screen.getByRole("button", { name: "Put it there" }));
  expect(window.location.search).toMatch(/put=\d+\.\d\.4/);
  expect(document.body.textContent).toMatch(/citus_move_shard_placement\(\d+, \d, 4, 'auto'\)/);
  await user.click(screen.getByRole("button", { name: "Put all back" }));
  expect(window.location.search).toBe("?whatif=as-it-is");
});

test("a block is dragged to another node", async () => {
  bench({ search: "?whatif=as-it-is" });
  await cardOf("by_shard_count");
  const column = (id: number) => document.querySelector(`[data-node="${id}"]`) ?? document.body;
  const block = column(2).querySelector("i");
  if (!block) throw new Error("the node has a block");
  fireEvent.dragStart(block);
  fireEvent.drop(column(3));
  expect(window.location.search).toMatch(/put=\d+\.2\.3/);
  expect(await screen.findByText(/^1 shard group put elsewhere/)).toBeDefined();
});

test("without sizes what weighs by size is not planned, and without a past move there is no time", async () => {
  bench({ search: "?whatif=more-1", picture: aPicture({ silent: [1] }), pace: null });
  expect((await cardOf("by_disk_size")).getByText(/A node did not say how large its shards are/)).toBeDefined();
  expect((await cardOf("by_shard_count")).getByText(/no move in this mode ran on this cluster yet/)).toBeDefined();
});
