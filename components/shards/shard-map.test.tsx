import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { clusterPicture } from "@/lib/domain/cluster-picture";
import { mapColumns } from "@/lib/domain/map-columns";
import type { ShardMove } from "@/lib/domain/shard-moves";
import { aPicture } from "@/lib/testing/layout";
import { ShardMap } from "./shard-map";

const usual = { colour: "bytes" as const, group: null, node: null, column: null };

function draw({
  silent = [] as number[],
  moves = [] as ShardMove[],
  found = null as { groupId: number; tip: string } | null,
  picture = aPicture({ silent }),
} = {}) {
  const onOpen = vi.fn();
  const onChoose = vi.fn();
  render(
    <ShardMap
      picture={picture}
      columns={mapColumns(picture)}
      moves={moves}
      heat={null}
      shown={null}
      view={usual}
      found={found}
      onOpen={onOpen}
      onChoose={onChoose}
    />,
  );
  return { picture, onOpen, onChoose };
}

describe("the map is a grid", () => {
  test("a row per node with its head, a head per colocation group, a cell per placement of a group", () => {
    const { picture } = draw();
    const grid = screen.getByRole("grid", { name: "Shard groups by node and colocation group" });
    expect(within(grid).getAllByRole("columnheader")).toHaveLength(1 + 3);
    expect(within(grid).getAllByRole("rowheader")).toHaveLength(4);
    const placements = picture.groups.reduce((sum, group) => sum + group.groupIds.length, 0);
    expect(within(grid).getAllByRole("gridcell")).toHaveLength(placements);
  });

  test("a block is spoken with its group, node and size, and the largest of its column says so", () => {
    const { picture } = draw();
    expect(screen.getByRole("gridcell", { name: "group 102008, :55165, 6.0 MB" })).toBeDefined();
    const largest = screen.getAllByRole("gridcell", { name: /, largest$/ });
    expect(largest.length).toBeGreaterThan(0);
    expect(largest.length).toBeLessThan(picture.groups.length);
  });

  test("a node that holds only reference tables says so", () => {
    draw();
    expect(screen.getByText("Holds reference tables only")).toBeDefined();
  });
});

describe("by keyboard", () => {
  test("Tab reaches one block, arrows walk, Enter opens", async () => {
    const user = userEvent.setup();
    const { onOpen } = draw();
    const cells = screen.getAllByRole("gridcell");
    expect(cells.filter((cell) => cell.tabIndex === 0)).toHaveLength(1);
    screen.getByRole("gridcell", { name: /^group 102008,/ }).focus();
    await user.keyboard("{ArrowRight}");
    expect(document.activeElement?.getAttribute("aria-label")).toMatch(/^group 102011, :55165/);
    await user.keyboard("{ArrowDown}{Enter}");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(102012);
  });

  test("a click opens the block, and the heads choose a node or a column", async () => {
    const user = userEvent.setup();
    const { onOpen, onChoose } = draw();
    await user.click(screen.getByRole("gridcell", { name: /^group 102024,/ }));
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(102024);
    await user.click(screen.getByRole("button", { name: /:55166/ }));
    await user.click(screen.getByRole("button", { name: /events/ }));
    expect(onChoose.mock.calls).toEqual([[{ node: 2 }], [{ column: "colocation 2" }]]);
  });
});

describe("what is not as usual", () => {
  test("a silent node keeps its blocks, whose sizes are unknown and never 0", () => {
    draw({ silent: [2] });
    const row = screen.getAllByRole("row").find((one) => within(one).queryByRole("rowheader", { name: /:55166/ }));
    if (!row) throw new Error("no row for :55166");
    const cells = within(row).getAllByRole("gridcell");
    expect(cells.length).toBeGreaterThan(3);
    for (const cell of cells) expect(cell.getAttribute("aria-label")).toMatch(/size unknown: :55166 did not answer/);
    expect(within(row).getByText("size unknown")).toBeDefined();
    expect(within(row).queryByText(/^0( B)?$/)).toBeNull();
  });

  test("while sizes are still being read that is said, and is no warning", () => {
    const { nodes, topology } = aPicture();
    draw({ picture: clusterPicture(nodes, topology, null) });
    expect(screen.getAllByText("sizes are being read").length).toBeGreaterThan(0);
    expect(screen.queryByText("size unknown")).toBeNull();
  });

  test("the found block carries its label, and says that it was found", () => {
    draw({ found: { groupId: 102009, tip: "customer_id 48213 is here" } });
    const cell = screen.getByRole("gridcell", { name: /102009.*found/ });
    expect(within(cell).getByText("customer_id 48213 is here")).toBeDefined();
  });

  test("a running move is seen at both ends, a waiting one is counted", () => {
    const { groups } = aPicture();
    const [running, waiting] = groups.filter((group) => group.groupIds.includes(1) && group.kind === "distributed");
    if (!running || !waiting) throw new Error("the picture has too few groups");
    const progress = { phase: "Copying Data", copiedBytes: 40, totalBytes: 100 };
    draw({
      moves: [
        { group: running, from: 1, to: 2, progress },
        { group: waiting, from: 1, to: 2, progress: null },
      ],
    });
    expect(screen.getByRole("gridcell", { name: new RegExp(`group ${running.id}.*leaving for :55166`) })).toBeDefined();
    expect(screen.getByText(new RegExp(`arriving: group ${running.id}, Copying Data`))).toBeDefined();
    expect(screen.getByText("40 %")).toBeDefined();
    expect(screen.getByText("1 to come")).toBeDefined();
  });
});
