import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { aPicture } from "@/lib/testing/layout";
import { findKey } from "@/server/actions/shards";
import { ShardsView } from "./shards-view";

vi.mock("@/server/actions/shards", () => ({ findKey: vi.fn(), exactShards: vi.fn() }));
vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

const clusterId = clusterIdSchema.parse("shop");

function open(search = "", silent: number[] = []) {
  window.history.replaceState(null, "", `/clusters/shop/shards${search}`);
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ShardsView clusterId={clusterId} picture={aPicture({ silent })} jobs={null} />
    </QueryClientProvider>,
  );
}

const answerOf = (shardId: number, value: string) => ({
  ok: true as const,
  data: { tableOid: 1, column: "customer_id", columnType: "bigint", value, shardId, min: 0, max: 1, groupIds: [2] },
});

beforeEach(() => {
  vi.mocked(findKey).mockReset();
});

describe("find key", () => {
  test("leads to the block, opens its panel, and stands in the address", async () => {
    vi.mocked(findKey).mockResolvedValue(answerOf(102009, "48213"));
    open();
    await userEvent.type(screen.getByRole("textbox", { name: "Value of the distribution column" }), "48213{Enter}");
    const block = await screen.findByRole("gridcell", { name: /102009.*found/ });
    expect(within(block).getByText("customer_id 48213 is here")).toBeDefined();
    expect(findKey).toHaveBeenCalledExactlyOnceWith({ clusterId, tableOid: 1, value: "48213" });
    const panel = screen.getByRole("complementary", { name: "Shard group 102009" });
    expect(
      within(panel).getByText("customers.customer_id 48213 is in shard customers_102009 on :55166."),
    ).toBeDefined();
    expect(Object.fromEntries(new URLSearchParams(window.location.search))).toEqual({
      table: "customers",
      key: "48213",
      group: "102009",
    });
  });

  test("an address that names a key is looked up once", async () => {
    vi.mocked(findKey).mockResolvedValue(answerOf(102009, "48213"));
    open("?table=customers&key=48213");
    expect(await screen.findByRole("gridcell", { name: /102009.*found/ })).toBeDefined();
    expect(findKey).toHaveBeenCalledOnce();
  });

  test("a refusal marks no block", async () => {
    const problem = { code: "bad_input" as const, detail: "That is no bigint.", traceId: "t" };
    vi.mocked(findKey).mockResolvedValue({ ok: false, problem });
    open();
    await userEvent.type(screen.getByRole("textbox", { name: "Value of the distribution column" }), "x{Enter}");
    expect(await screen.findByText("That is no bigint.")).toBeDefined();
    expect(screen.queryByRole("gridcell", { name: /found/ })).toBeNull();
  });
});

describe("the table", () => {
  test("is filtered, and a filter that matches nothing can be cleared", async () => {
    open("?filter=nothing+like+it&node=2");
    expect(screen.getByText('No shard matches "nothing like it".')).toBeDefined();
    await userEvent.click(screen.getByRole("button", { name: "Clear the filter" }));
    const table = await screen.findByRole("grid", { name: "Shard groups" });
    expect(table.getAttribute("aria-rowcount")).toBe("14");
    expect(window.location.search).toBe("");
  });

  test("is sorted by its heads, and says so", async () => {
    open();
    await userEvent.click(screen.getByRole("button", { name: "Group" }));
    const head = screen.getByRole("columnheader", { name: "Group" });
    expect(head.getAttribute("aria-sort")).toBe("ascending");
    expect(new URLSearchParams(window.location.search).get("sort")).toBe("id");
  });

  test("shows one node's groups alone when its head is pressed", async () => {
    open();
    await userEvent.click(screen.getByRole("button", { name: /:55166/ }));
    const chip = screen.getByRole("button", { name: "Do not filter by :55166" });
    await waitFor(() => expect(screen.getByText("5 of 13 shard groups")).toBeDefined());
    await userEvent.click(chip);
    await waitFor(() => expect(screen.queryByText("5 of 13 shard groups")).toBeNull());
  });
});

test("Enter opens the panel of a block, Escape closes it and returns to the block", async () => {
  open();
  const block = screen.getByRole("gridcell", { name: /^group 102009,/ });
  block.focus();
  await userEvent.keyboard("{Enter}");
  await userEvent.click(screen.getByRole("button", { name: "Copy id" }));
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("complementary")).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("gridcell", { name: /^group 102009,/ }));
});

test("a node that did not tell its sizes is named, with the reason and what holds all the same", () => {
  open("", [2]);
  expect(screen.getByText("Sizes of 3 of 4 nodes")).toBeDefined();
  expect(
    screen.getByText(/:55166 did not tell \(connection refused\)\. Where the shards are is known all the same\./),
  ).toBeDefined();
});

test("in pixels the map is one picture with its count, and the table lists the same", async () => {
  open("?draw=pixels");
  expect(screen.getByRole("application", { name: /^12 blocks, a band per node/ })).toBeDefined();
  expect(screen.queryByRole("grid", { name: /by node and colocation group/ })).toBeNull();
  expect(screen.getByRole("grid", { name: "Shard groups" })).toBeDefined();
});
