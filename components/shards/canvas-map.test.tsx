import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, test, vi } from "vitest";
import { mapColumns } from "@/lib/domain/map-columns";
import type { Heat } from "@/lib/domain/shard-activity";
import type { ShardMove } from "@/lib/domain/shard-moves";
import type { ShardView } from "@/lib/domain/shard-view";
import { aPicture } from "@/lib/testing/layout";
import { CanvasMap } from "./canvas-map";
import { heldMap, mapCells } from "./map-cells";

type Given = { moves?: ShardMove[]; heat?: Heat | null; view?: Partial<ShardView>; silent?: number[] };

function draw({ moves = [], heat = null, view = {}, silent = [] }: Given = {}) {
  const picture = aPicture({ silent });
  const columns = mapColumns(picture);
  const cells = mapCells(heldMap(picture, columns), moves);
  const calls = { onOpen: vi.fn(), onChange: vi.fn() };
  const usual = { colour: "bytes" as const, group: null, zoom: null, at: null };
  const map = (over: Partial<ShardView>) => (
    <CanvasMap
      picture={picture}
      cells={cells}
      moves={moves}
      heat={heat}
      shown={null}
      view={{ ...usual, ...over }}
      found={null}
      {...calls}
    />
  );
  const { rerender } = render(map(view));
  return { picture, ...calls, again: (over: Partial<ShardView>) => rerender(map(over)) };
}

const canvas = () => screen.getByRole("application", { name: /blocks, a band per node/ });

describe("by keyboard", () => {
  test("arrows walk the cells and say each, Enter opens the one that was said", async () => {
    const user = userEvent.setup();
    const { onOpen } = draw();
    canvas().focus();
    await user.keyboard("{ArrowRight}");
    expect(screen.getByRole("status").textContent).toBe("group 102008 :55165, 6.0 MB, customers, orders");
    await user.keyboard("{ArrowRight}{ArrowDown}");
    expect(screen.getByRole("status").textContent).toMatch(/^group 102012 :55166/);
    await user.keyboard("{Enter}");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith(102012);
  });

  test("plus comes nearer, 0 shows all again, and the address follows when it has come to rest", async () => {
    const user = userEvent.setup();
    const { onChange } = draw();
    canvas().focus();
    await user.keyboard("+++");
    await waitFor(() => expect(onChange).toHaveBeenCalledOnce());
    const [{ zoom, at }] = onChange.mock.calls[0] ?? [{}];
    expect(zoom).toBeGreaterThan(14);
    expect(at).toMatch(/^\d+:10\d{4}:/);
    await user.keyboard("0");
    await waitFor(() => expect(onChange).toHaveBeenLastCalledWith({ zoom: null, at: null }));
  });
});

test("a place that is not in the address yet is there before what is pressed elsewhere leads away", async () => {
  const user = userEvent.setup();
  const { onChange } = draw();
  canvas().focus();
  await user.keyboard("+");
  expect(onChange).not.toHaveBeenCalled();
  fireEvent.pointerDown(document.body);
  expect(onChange).toHaveBeenCalledOnce();
  await new Promise((over) => setTimeout(over, 400));
  expect(onChange).toHaveBeenCalledOnce();
});

describe("zoom buttons", () => {
  test("say why they are off where there is nothing nearer or farther", async () => {
    const { again } = draw();
    const button = (name: string) => screen.getByRole("button", { name });
    expect(button("Zoom out").getAttribute("aria-disabled")).toBe("true");
    expect(button("Show all").getAttribute("aria-disabled")).toBe("true");
    again({ zoom: 96, at: "1:102008:0.5:0.5" });
    await waitFor(() => expect(button("Zoom in").getAttribute("aria-disabled")).toBe("true"));
    expect(button("Zoom out").getAttribute("aria-disabled")).toBeNull();
  });
});

describe("what moves", () => {
  const { groups } = aPicture();
  const [running, waiting] = groups.filter((group) => group.groupIds.includes(1) && group.kind === "distributed");
  if (!running || !waiting) throw new Error("the picture has too few groups");
  const moves: ShardMove[] = [
    { group: running, from: 1, to: 2, progress: { phase: "Copying Data", copiedBytes: 40, totalBytes: 100 } },
    { group: waiting, from: 1, to: 3, progress: null },
  ];

  test("has a cell at both ends and an arrow between, and what waits is counted by node", () => {
    draw({ moves });
    const mark = document.querySelector(`[data-move="${running.id}"]`);
    expect(mark?.querySelectorAll("rect")).toHaveLength(2);
    expect(mark?.querySelectorAll("path").length).toBeGreaterThan(1);
    expect(screen.getByText("1 group moves now, 1 waits: 1 for :55167")).toBeDefined();
    expect(document.querySelector(`[data-move="${waiting.id}"]`)).toBeNull();
  });

  test("is said at both ends", async () => {
    const user = userEvent.setup();
    draw({ moves });
    canvas().focus();
    await user.keyboard("{ArrowRight}");
    expect(screen.getByRole("status").textContent).toContain("leaving for :55166: Copying Data");
    await user.keyboard("{ArrowDown}{End}");
    expect(screen.getByRole("status").textContent).toContain("arriving from :55165: Copying Data");
  });
});

test("what is unknown is said as that, with the reason", async () => {
  const user = userEvent.setup();
  draw({ silent: [1] });
  canvas().focus();
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole("status").textContent).toContain("size unknown: :55165 did not answer");
});

test("a group's activity is said with its size", async () => {
  const user = userEvent.setup();
  const rate = { readsPerSecond: 12, writesPerSecond: 0.5 };
  const heat: Heat = {
    rateOf: () => rate,
    byPlace: new Float64Array(),
    most: 12.5,
    hasUnknown: false,
    isFirstReading: false,
    silent: [],
    seconds: 15,
  };
  draw({ heat, view: { colour: "activity" } });
  canvas().focus();
  await user.keyboard("{ArrowRight}");
  expect(screen.getByRole("status").textContent).toContain("12 reads/s, 0.5 rows written/s");
});

test("a worker without shards has its band, with nothing in it", () => {
  const picture = aPicture();
  const columns = mapColumns(picture);
  const held = heldMap(picture, columns);
  const nodes = held.nodes.map((one) => (one.name === ":55167" ? { ...one, groups: new Uint32Array() } : one));
  const cells = mapCells({ ...held, nodes }, []);
  expect(cells.bands.map((band) => band.name)).toEqual([":55165", ":55166", ":55167"]);
  render(
    <CanvasMap
      picture={picture}
      cells={cells}
      moves={[]}
      heat={null}
      shown={null}
      view={{ colour: "bytes", group: null, zoom: null, at: null }}
      found={null}
      onOpen={() => {}}
      onChange={() => {}}
    />,
  );
  expect(screen.getByTitle("127.0.0.1:55167")).toBeDefined();
});
