import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import type { LocalTables } from "@/lib/domain/local-table";
import type { Problem } from "@/lib/errors";
import { useClusterPicture } from "@/lib/queries/topology";
import { aPicture, aTable, aTopology, aWorker, hashShards } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { aKey, aPlainTable, someSurroundings } from "@/lib/testing/tables";
import { askPreflight } from "@/server/actions/tables";
import { TablesScreen } from "./tables-screen";

vi.mock("@/server/actions/tables", () => ({
  askPreflight: vi.fn(),
  previewDistribute: vi.fn(),
  distribute: vi.fn(),
  previewUndistribute: vi.fn(),
  undistribute: vi.fn(),
  previewReference: vi.fn(),
  createReference: vi.fn(),
  previewTruncateLocal: vi.fn(),
  truncateLocal: vi.fn(),
}));
vi.mock("@/lib/queries/topology", () => ({ useClusterPicture: vi.fn() }));
vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

const devices = aPlainTable({ oid: 70, name: "devices" });
const invoices = aPlainTable({ oid: 71, name: "invoices", keys: [aKey("a", ["k"]), aKey("b", ["note"])] });
const LOCAL: LocalTables = {
  tables: [devices, invoices],
  leftovers: [{ oid: 2, bytes: 16_384 }],
  rows: [
    { oid: 1, rows: 6_000 },
    { oid: 2, rows: null },
  ],
};

type Given = {
  picture?: ClusterPicture;
  local?: LocalTables | null;
  problem?: Problem | null;
  search?: string;
  rules?: Parameters<typeof seenBy>[0];
};
function open({ picture = aPicture(), local = LOCAL, problem = null, search = "", rules = {} }: Given = {}) {
  window.history.replaceState(null, "", `/clusters/shop/tables${search}`);
  const live = { version: "1", ageMs: 0, tookMs: 1, problem: null, failingForMs: null };
  vi.mocked(useClusterPicture).mockReturnValue({
    data: { ...live, data: picture, receivedAt: 0 },
    error: null,
    isPending: false,
  });
  vi.stubGlobal("fetch", async () => liveAnswer({ ...live, data: local, problem }));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TablesScreen clusterId={clusterIdSchema.parse("shop")} />
    </QueryClientProvider>,
    { wrapper: seenBy(rules) },
  );
  return userEvent.setup();
}

const grid = () => screen.findByRole("grid", { name: "Tables" });
const names = async () =>
  within(await grid())
    .getAllByRole("row")
    .slice(1)
    .map((row) => /^public\.[a-z_]+?(?=distributed|reference|plain|no replica)/.exec(row.textContent ?? "")?.[0]);

beforeEach(() => {
  vi.mocked(askPreflight).mockReset();
  vi.mocked(askPreflight).mockImplementation(async (raw: unknown) => {
    const { table } = raw as { table: number };
    return {
      ok: true,
      data: { table: aPlainTable({ oid: table, citusKind: "distributed" }), around: someSurroundings() },
    };
  });
});

describe("the list", () => {
  test("has Citus' tables and the plain ones, and says in a sentence what there is", async () => {
    open();
    await screen.findByText("2 plain tables are on the coordinator only.");
    expect(await names()).toEqual([
      "public.countries",
      "public.customers",
      "public.devices",
      "public.events",
      "public.invoices",
      "public.orders",
    ]);
    const verdict = screen.getByRole("region", { name: "Verdict" });
    expect(verdict.textContent).toMatch(/^3 tables distributed by hash\./);
    expect(verdict.textContent).toMatch(/16 kB of rows from before distributing .* public\.orders\./);
  });

  test("a number nobody knows is a dash with its reason, never a zero", async () => {
    open();
    const row = await screen.findByRole("row", { name: /public\.orders/ });
    expect(row.textContent).toContain("unknown: it was never analysed everywhere");
    expect((await screen.findByRole("row", { name: /public\.customers/ })).textContent).toMatch(/6\u2009000$/);
  });

  test("a silent node is named, and what lacks its share reads at least", async () => {
    open({ picture: aPicture({ silent: [2] }) });
    await grid();
    expect(screen.getByText(/:55166 did not tell the sizes of its shards/)).toBeDefined();
    const row = screen.getByRole("row", { name: /public\.events/ });
    expect(row.textContent).toContain("at least");
    expect(row.textContent).toContain("unknown: some shard's size is not known");
  });

  test("a table without replica identity is marked", async () => {
    const table = aTable(1, "no_pk", { replicaIdentity: "none" });
    open({
      picture: clusterPicture(
        [aWorker(0), aWorker(1)],
        aTopology(
          [table],
          hashShards(table, 1, 2, () => 1),
        ),
        null,
      ),
    });
    const row = await screen.findByRole("row", { name: /public\.no_pk/ });
    expect(within(row).getByText("no replica identity")).toBeDefined();
    expect(screen.getByText(/in mode auto one such table stops a whole rebalance/)).toBeDefined();
  });

  test("the plain tables not being readable leaves Citus' own, and says what is missing", async () => {
    open({ local: null, problem: { code: "query_timeout", detail: "canceled", traceId: "t" } });
    await screen.findByText("Plain tables and row counts are not known. The tables in Citus are current.");
    expect(await names()).toContain("public.orders");
    expect(screen.getByText("Plain tables have not been read yet.")).toBeDefined();
  });

  test("a database without tables says how to get one", async () => {
    const empty = clusterPicture([aWorker(0)], aTopology([], []), null);
    open({ picture: empty, local: { tables: [], leftovers: [], rows: [] } });
    expect(await screen.findByText("This database has no table yet.")).toBeDefined();
  });
});

describe("filter, sort and address", () => {
  test("a filter without a match says so and is cleared by its button", async () => {
    const user = open();
    await screen.findByText(/2 plain tables/);
    await user.type(screen.getByRole("textbox", { name: "Filter tables" }), "zzz");
    expect(await screen.findByText('No table matches "zzz".')).toBeDefined();
    expect(window.location.search).toBe("?q=zzz");
    await user.click(screen.getByRole("button", { name: "Show all tables" }));
    expect(await names()).toHaveLength(6);
  });

  test("only kinds that exist are offered, and one narrows the list", async () => {
    const user = open();
    await screen.findByText(/2 plain tables/);
    expect(screen.queryByRole("radio", { name: /Local in metadata/ })).toBeNull();
    await user.click(screen.getByRole("radio", { name: /Plain/ }));
    expect(await names()).toEqual(["public.devices", "public.invoices"]);
    expect(screen.getByText("2 of 6 tables")).toBeDefined();
  });

  test("a head sorts, says how, and numbers begin with the largest", async () => {
    const user = open();
    await screen.findByText(/2 plain tables/);
    await user.click(screen.getByRole("button", { name: "Bytes" }));
    expect(screen.getByRole("columnheader", { name: "Bytes" }).getAttribute("aria-sort")).toBe("descending");
    expect((await names())[0]).toBe("public.customers");
    await user.click(screen.getByRole("button", { name: "Bytes" }));
    expect(screen.getByRole("columnheader", { name: "Bytes" }).getAttribute("aria-sort")).toBe("ascending");
    expect(window.location.search).toBe("?sort=bytes");
  });

  test("an address opens the same view", async () => {
    open({ search: "?q=public&kind=plain&sort=bytes&dir=desc&table=public.devices" });
    expect(await screen.findByRole("complementary", { name: "Table public.devices" })).toBeDefined();
    expect(screen.getByRole("radio", { name: /Plain/, checked: true })).toBeDefined();
  });
});

describe("one table's panel", () => {
  test("shows where it lies, asks for its columns once, and offers what fits its kind", async () => {
    const user = open();
    await user.click(await screen.findByRole("row", { name: /public\.orders/ }));
    const panel = screen.getByRole("complementary", { name: "Table public.orders" });
    await within(panel).findByText("primary key (k)");
    expect(askPreflight).toHaveBeenCalledExactlyOnceWith({ clusterId: "shop", table: 2 });
    const shares = within(panel).getAllByRole("row").slice(1);
    expect(shares.map((row) => row.textContent)).toHaveLength(3);
    expect(shares[0]?.textContent).toMatch(/:5516\d3\d+\.\d MB/);
    expect(within(panel).getByText("group 1, with public.customers")).toBeDefined();
    expect(within(panel).getByRole("button", { name: "Undistribute…" })).toBeDefined();
    expect(within(panel).queryByRole("button", { name: "Distribute…" })).toBeNull();
    expect(within(panel).getByRole("button", { name: "Remove them…" })).toBeDefined();
  });

  test("a plain table's is drawn from what is known: nothing is asked", async () => {
    const user = open();
    await user.click(await screen.findByRole("row", { name: /public\.devices/ }));
    const panel = screen.getByRole("complementary", { name: "Table public.devices" });
    expect(within(panel).getByRole("button", { name: "Distribute…" }).getAttribute("aria-disabled")).toBeNull();
    expect(within(panel).getByRole("button", { name: "Make reference table…" })).toBeDefined();
    expect(askPreflight).not.toHaveBeenCalled();
  });

  test("columns that cannot be read leave the rest of the panel", async () => {
    vi.mocked(askPreflight).mockResolvedValue({
      ok: false,
      problem: { code: "not_found", detail: "There is no table with the oid 2 any more.", traceId: "t" },
    });
    const user = open();
    await user.click(await screen.findByRole("row", { name: /public\.orders/ }));
    const panel = screen.getByRole("complementary", { name: "Table public.orders" });
    expect(await within(panel).findByText("Its columns are not known.")).toBeDefined();
    expect(within(panel).getByText("On the nodes")).toBeDefined();
  });
});

test("a table that no column can distribute has its button off, with the reason, and a click leads to its panel", async () => {
  const user = open();
  const button = await screen.findByRole("button", { name: "Distribute public.invoices…" });
  expect(button.getAttribute("aria-disabled")).toBe("true");
  const row = screen.getByRole("row", { name: /public\.invoices/ });
  expect(row.textContent).toMatch(/No column can be the distribution column/);
  await user.click(button);
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await screen.findByRole("complementary", { name: "Table public.invoices" })).toBeDefined();
});

test.each([
  ["orders", ["Undistribute…", "Remove them…"]],
  ["devices", ["Distribute…", "Make reference table…"]],
])(
  "a viewer and an operator see each deed on %s and why it is off; an operator whom the cluster gives it may",
  async (name, deeds) => {
    for (const role of ["viewer", "operator"] as const) {
      const user = open({ rules: { role } });
      await user.click(await screen.findByRole("row", { name: new RegExp(`public\\.${name}`) }));
      const panel = screen.getByRole("complementary", { name: `Table public.${name}` });
      for (const deed of deeds)
        expect(reasonOf(await within(panel).findByRole("button", { name: deed }))).toMatch(
          new RegExp(`^Your role is ${role}; this needs the role admin \\(right table:(un)?distribute\\)\\.$`),
        );
      cleanup();
    }
    const user = open({ rules: { role: "operator", operatorsMay: ["table:distribute", "table:undistribute"] } });
    await user.click(await screen.findByRole("row", { name: new RegExp(`public\\.${name}`) }));
    const panel = screen.getByRole("complementary", { name: `Table public.${name}` });
    await within(panel).findAllByRole("button", { name: deeds[0] ?? "" });
    if (name === "orders") await within(panel).findByText("primary key (k)");
    for (const deed of deeds) expect(reasonOf(within(panel).getByRole("button", { name: deed }))).toBeNull();
  },
);

test("a viewer sees the button in a table's row, too, with the role and not with the table's keys", async () => {
  open({ rules: { role: "viewer" } });
  for (const name of ["Distribute public.devices…", "Distribute public.invoices…"])
    expect(reasonOf(await screen.findByRole("button", { name }))).toContain("Your role is viewer");
});
