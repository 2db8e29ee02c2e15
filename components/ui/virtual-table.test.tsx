import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { type VirtualColumn, VirtualTable } from "./virtual-table";

type Shard = { id: number };
const columns: VirtualColumn<Shard>[] = [
  { id: "id", head: "Shard", sortable: true, cell: (shard) => shard.id },
  { id: "deed", head: "Deed", cell: (shard) => <button type="button">Move {shard.id}</button> },
];
const shards = (count: number) => Array.from({ length: count }, (_, position) => ({ id: 102008 + position }));

function draw(count: number, more: Partial<Parameters<typeof VirtualTable<Shard>>[0]> = {}) {
  const onOpen = vi.fn();
  render(
    <VirtualTable
      label="Shards"
      rows={shards(count)}
      columns={columns}
      rowKey={(shard) => shard.id}
      onOpen={onOpen}
      {...more}
    />,
  );
  const grid = screen.getByRole("grid", { name: "Shards" });
  const active = () =>
    document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-rowindex");
  return { grid, onOpen, active };
}

test("of a hundred thousand rows only those in view are in the document, and the count is told in full", () => {
  const { grid } = draw(100_000);
  expect(grid.getAttribute("aria-rowcount")).toBe("100001");
  const drawn = screen.getAllByRole("row").length;
  expect(drawn).toBeGreaterThan(10);
  expect(drawn).toBeLessThan(100);
});

test("the row where the arrows stand is marked while the grid has the focus, not while a button in it has", () => {
  const { grid } = draw(3);
  const marked = () => screen.getAllByRole("row").filter((row) => row.className.includes("outline-focus")).length;
  act(() => grid.focus());
  expect(marked()).toBe(1);
  act(() => screen.getByRole("button", { name: "Move 102009" }).focus());
  expect(marked()).toBe(0);
});

test("arrows walk the rows and stop at the ends; Enter opens the row they stand on", async () => {
  const user = userEvent.setup();
  const { onOpen, active } = draw(3);
  await user.tab(); // the sort button is in the head, before the grid gets a key
  screen.getByRole("grid").focus();
  await user.keyboard("{ArrowUp}");
  expect(active()).toBe("2");
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
  expect(active()).toBe("4");
  await user.keyboard("{Enter}");
  expect(onOpen).toHaveBeenCalledWith({ id: 102010 });
  await user.keyboard("{Home}{Enter}");
  expect(onOpen).toHaveBeenLastCalledWith({ id: 102008 });
});

test("a page is as many rows as fit", async () => {
  const user = userEvent.setup();
  const { grid, onOpen } = draw(1000);
  grid.focus();
  await user.keyboard("{PageDown}{Enter}");
  expect(onOpen).toHaveBeenCalledWith({ id: 102008 + 18 }); // 600 px of 30 px rows, less the head and one row of context
});

test("a button in a row keeps its own keys", async () => {
  const user = userEvent.setup();
  const { onOpen } = draw(3);
  screen.getByRole("button", { name: "Move 102008" }).focus();
  await user.keyboard("{Enter}{ArrowDown}");
  expect(document.activeElement?.textContent).toBe("Move 102008");
  expect(onOpen).not.toHaveBeenCalledWith({ id: 102009 });
});

test("the sorted column says so, and its head sorts", async () => {
  const user = userEvent.setup();
  const onSort = vi.fn();
  draw(3, { sort: { columnId: "id", direction: "descending" }, onSort });
  expect(screen.getByRole("columnheader", { name: "Shard" }).getAttribute("aria-sort")).toBe("descending");
  expect(screen.getByRole("columnheader", { name: "Deed" }).getAttribute("aria-sort")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Shard" }));
  expect(onSort).toHaveBeenCalledWith("id");
});

test("the selected row is selected for everybody", () => {
  draw(3, { selectedKey: 102009 });
  const selected = screen.getAllByRole("row").filter((row) => row.getAttribute("aria-selected") === "true");
  expect(selected.map((row) => row.getAttribute("aria-rowindex"))).toEqual(["3"]);
});
