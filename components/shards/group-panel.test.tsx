import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { columnKey, mapColumns } from "@/lib/domain/map-columns";
import type { ExactShards } from "@/lib/domain/shard";
import { aPicture } from "@/lib/testing/layout";
import { type ExactAsk, GroupPanel } from "./group-panel";

const NOT_ASKED: ExactAsk = { result: undefined, isPending: false, problem: null, ask: () => {} };

function open(
  groupId: number,
  {
    silent = [] as number[],
    exact = NOT_ASKED,
    found = null as string | null,
    rules = {} as Parameters<typeof seenBy>[0],
  } = {},
) {
  const picture = aPicture({ silent });
  const group = picture.groupOfShard.get(groupId);
  const column = group && mapColumns(picture).find((one) => one.key === columnKey(group));
  if (!group || !column) throw new Error(`no group ${groupId}`);
  const onClose = vi.fn();
  const onAct = vi.fn();
  render(
    <GroupPanel
      picture={picture}
      group={group}
      column={column}
      move={undefined}
      found={found}
      exact={exact}
      onAct={onAct}
      onClose={onClose}
    />,
    { wrapper: seenBy(rules) },
  );
  return { picture, group, onAct, onClose };
}

test("a group tells its node, its range, its shards by name, and how it compares", () => {
  open(102008);
  const panel = screen.getByRole("complementary", { name: "Shard group 102008" });
  expect(panel.textContent).toContain("127.0.0.1:55165");
  expect(panel.textContent).toContain("−2\u2009147\u2009483\u2009648");
  const rows = within(panel)
    .getAllByRole("row")
    .map((row) => [...row.children].map((cell) => cell.textContent));
  expect(rows).toEqual([
    ["Shard", "Bytes"],
    ["customers_102008", "4.0 MB"],
    ["orders_102016", "2.0 MB"],
    ["Together", "6.0 MB"],
  ]);
  expect(screen.getByText(/times the median of colocation group 1|The largest of colocation group 1/)).toBeDefined();
});

test("on a silent node the sizes are unknown, with the reason, and the place is known", () => {
  const { group } = open(102009, { silent: [2] });
  expect(group.groupIds).toEqual([2]);
  expect(screen.getByText("Its size is not known: a node that holds it did not tell.")).toBeDefined();
  expect(screen.getAllByText("unknown: the node that holds it did not tell")).toHaveLength(3);
});

test("the reference tables list every node that holds a copy", () => {
  open(102028);
  expect(within(screen.getByRole("list")).getAllByRole("listitem")).toHaveLength(4);
});

test("what a key led to is said, and the panel can be closed", async () => {
  const { onClose } = open(102008, { found: "customers.customer_id 7 is in shard customers_102008 on :55165." });
  expect(screen.getByText(/customer_id 7 is in shard/)).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(onClose).toHaveBeenCalledOnce();
});

test("Citus is asked for one table or one node by hand, and its numbers stand beside ours", async () => {
  const ask = vi.fn();
  open(102008, { exact: { ...NOT_ASKED, ask } });
  await userEvent.click(screen.getByRole("button", { name: "Read now" }));
  expect(ask).toHaveBeenLastCalledWith({ kind: "table", tableOid: 1 });
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "What Citus measures" }), "all on :55165");
  await userEvent.click(screen.getByRole("button", { name: "Read now" }));
  expect(ask).toHaveBeenLastCalledWith({ kind: "node", nodeId: 2 });
});

test("what Citus measured is compared, and what it could not measure is no zero", () => {
  const shards = [
    { shardId: 102008, tableOid: 1, groupId: 1, name: "customers_102008", bytes: 4 * 1024 ** 2 },
    { shardId: 102009, tableOid: 1, groupId: 2, name: "customers_102009", bytes: null },
  ];
  const result: ExactShards = {
    of: { kind: "table", tableOid: 1 },
    shards,
    tookMs: 40,
    warnings: ["connection failed"],
  };
  open(102008, { exact: { ...NOT_ASKED, result } });
  expect(
    screen.getByText(/Citus measures the same as the console\. Citus could not measure 1 placement\./),
  ).toBeDefined();
  expect(screen.getByRole("columnheader", { name: "By Citus" })).toBeDefined();
  expect(screen.getByText("connection failed")).toBeDefined();
});

test("its group is moved by hand by who may; a viewer sees the button and why it is off", async () => {
  const { onAct } = open(102008);
  await userEvent.click(screen.getByRole("button", { name: "Move…" }));
  expect(onAct).toHaveBeenLastCalledWith("move");
  cleanup();
  const seen = open(102008, { rules: { role: "viewer" } });
  const button = screen.getByRole("button", { name: "Move…" });
  expect(reasonOf(button)).toContain("Your role is viewer; this needs the role operator");
  await userEvent.click(button);
  expect(seen.onAct).not.toHaveBeenCalled();
});

test("reference tables say that they do not move", () => {
  open(102028);
  expect(reasonOf(screen.getByRole("button", { name: "Move…" }))).toContain("every node holds a copy");
});
