import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import { useClusterPicture } from "@/lib/queries/topology";
import { aPicture, aTopology, aWorker } from "@/lib/testing/layout";
import { BalanceScreen } from "./balance-screen";

vi.mock("@/lib/queries/topology", () => ({ useClusterPicture: vi.fn() }));
vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

function open(picture: ClusterPicture | null, search = "") {
  window.history.replaceState(null, "", `/clusters/shop/balance${search}`);
  const live = { version: "1", ageMs: 0, tookMs: 1, problem: null, failingForMs: null, receivedAt: 0 };
  const data = picture ? { ...live, data: picture } : undefined;
  vi.mocked(useClusterPicture).mockReturnValue({ data, error: null, isPending: !picture });
  render(<BalanceScreen clusterId={clusterIdSchema.parse("shop")} />);
}

const rowsOf = (label: string) =>
  within(screen.getByRole("table", { name: label }))
    .getAllByRole("row")
    .map((row) => [...row.children].map((cell) => cell.textContent));

beforeEach(() => vi.mocked(useClusterPicture).mockReset());

test("the skew is a number and a sentence, and every node has its line", () => {
  open(aPicture());
  const verdict = screen.getByRole("region", { name: "Balance" });
  expect(verdict.textContent).toMatch(/\+\d+ %skew by bytesBusiest node :5516\d is \d+ % above the mean\./);
  const rows = rowsOf("Load by node");
  expect(rows.map((row) => row[0])).toEqual([
    "Node",
    "127.0.0.1:55165",
    "127.0.0.1:55166",
    "127.0.0.1:55167",
    "Together",
  ]);
  expect(rows.at(-1)?.slice(2, 4)).toEqual(["12", "20"]);
});

test("one table is chosen by its row, and the address keeps it", async () => {
  open(aPicture());
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Balance of" }), "Table events");
  expect(rowsOf("Load by node").at(-1)?.[3]).toBe("4");
  expect(new URLSearchParams(window.location.search).get("of")).toBe("table events");
});

test("an address leads to its colocation group; one that is gone, to the whole cluster", () => {
  open(aPicture(), "?of=colocation+1");
  expect(rowsOf("Load by node").at(-1)?.[3]).toBe("16");
});

test("with a silent node the skew is unknown, sums are at least, and the node is named", () => {
  open(aPicture({ silent: [2] }));
  const verdict = screen.getByRole("region", { name: "Balance" });
  expect(within(verdict).getByText("Balance is unknown: :55166 did not report all shard sizes.")).toBeDefined();
  expect(verdict.querySelector("[data-skew]")?.textContent).toContain("—");
  const rows = rowsOf("Load by node");
  expect(rows.at(-1)?.[5]).toMatch(/^at least /);
  expect(rows[2]?.[5]).toContain("unknown: the node did not report its shard sizes");
  expect(screen.getByText(":55166 did not tell its sizes: connection refused.")).toBeDefined();
});

test("without a distributed table there is nothing to balance, and the way to Tables", () => {
  open(clusterPicture([aWorker(1)], aTopology([], []), null));
  expect(screen.getByText("No table is distributed yet.")).toBeDefined();
  expect(screen.getByRole("link", { name: "Open Tables" }).getAttribute("href")).toBe("/clusters/shop/tables");
});

test("while nothing is read there is a skeleton and no number", () => {
  open(null);
  expect(screen.getByText("Reading how the data is spread")).toBeDefined();
  expect(screen.queryByText(/%/)).toBeNull();
});
