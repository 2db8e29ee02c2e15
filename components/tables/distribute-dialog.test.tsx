import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";
import type { ChangePlan } from "@/lib/domain/change";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { DistributeInput } from "@/lib/domain/distribute-choice";
import type { TableFacts } from "@/lib/domain/table-facts";
import { tableRows } from "@/lib/domain/table-rows";
import { aPlan as aPlanOf } from "@/lib/testing/changes";
import { aPicture } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { aColumn, aForeignKey, aKey, aPlainTable, someSurroundings } from "@/lib/testing/tables";
import * as actions from "@/server/actions/tables";
import { TableDialog } from "./table-dialog";

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

const clusterId = clusterIdSchema.parse("shop");
const aPlan = (over: Partial<ChangePlan> = {}): ChangePlan =>
  aPlanOf({
    change: "table.distribute",
    steps: [{ title: "Create 32 shards", sql: ["select pg_catalog.create_distributed_table(…);"] }],
    notes: [],
    fingerprint: "f",
    ...over,
  });

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(actions.previewDistribute).mockResolvedValue({ ok: true, data: aPlan() });
  vi.stubGlobal("fetch", async () =>
    liveAnswer({ version: "1", data: { runs: [] }, ageMs: 0, tookMs: 1, problem: null, failingForMs: null }),
  );
});

function open(facts: TableFacts, kind: "distribute" | "undistribute" = "distribute") {
  vi.mocked(actions.askPreflight).mockResolvedValue({ ok: true, data: { table: facts, around: someSurroundings() } });
  const [row] = tableRows(aPicture(), { tables: [facts], leftovers: [], rows: [] }).filter(
    (one) => one.oid === facts.oid,
  );
  if (!row) throw new Error("no row");
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TableDialog clusterId={clusterId} dialog={{ kind, row }} onStarted={() => {}} onClose={() => {}} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

/** What the server was last asked to plan. */
const asked = () => vi.mocked(actions.previewDistribute).mock.lastCall?.[0] as DistributeInput;
const start = () => screen.getByRole("button", { name: "Distribute" });

test("it begins with the recommended column and company, and asks for that plan", async () => {
  open(
    aPlainTable({
      columns: [aColumn("id"), aColumn("customer_id")],
      keys: [],
      foreignKeys: [
        aForeignKey("fk", {
          columns: ["customer_id"],
          otherOid: 1,
          otherKind: "distributed",
          otherColumns: ["customer_id"],
        }),
      ],
    }),
  );
  const column = await screen.findByRole("radio", {
    name: /customer_id bigint recommended foreign key to public\.customers/,
  });
  expect((column as HTMLInputElement).checked).toBe(true);
  await waitFor(() =>
    expect(asked()).toMatchObject({ column: "customer_id", colocateWith: { kind: "table", oid: 1 } }),
  );
  expect(screen.queryByRole("textbox", { name: "Shard count" })).toBeNull();
});

test("another column offers its own company, and the plan follows", async () => {
  const user = open(aPlainTable({ keys: [], columns: [aColumn("k"), aColumn("name", { plainType: "text" })] }));
  await user.click(await screen.findByRole("radio", { name: /^name text/ }));
  const labels = within(screen.getByRole("combobox", { name: "Colocate" })).getAllByRole("option");
  expect(labels.map((option) => option.textContent)).toEqual([
    "Citus' default: joins public.names",
    "None: a group of its own",
    "With public.names",
  ]);
  await waitFor(() => expect(asked()).toMatchObject({ column: "name", colocateWith: { kind: "table", oid: 3 } }));
});

test("columns that cannot be chosen are there with their reason", async () => {
  open(aPlainTable());
  await screen.findByRole("radio", { name: /^k bigint/ });
  expect(screen.queryByRole("radio", { name: /^note/ })).toBeNull();
  expect(screen.getByText("1 column cannot be chosen")).toBeDefined();
  expect(screen.getByText(/primary key t_pkey \(k\) does not contain note/)).toBeDefined();
});

test("a shard count that is no number is said at the field and keeps the button off", async () => {
  const user = open(aPlainTable());
  await user.selectOptions(await screen.findByRole("combobox", { name: "Colocate" }), "none");
  await waitFor(() => expect(asked()).toMatchObject({ colocateWith: { kind: "none" }, shardCount: null }));
  const field = screen.getByRole("textbox", { name: "Shard count" });
  await user.type(field, "1e3");
  expect(screen.getByText(/"1e3" is no whole number/)).toBeDefined();
  expect(start().getAttribute("aria-disabled")).toBe("true");
  await user.clear(field);
  await user.type(field, "8");
  await waitFor(() => expect(asked()).toMatchObject({ shardCount: 8 }));
  await waitFor(() => expect(start().getAttribute("aria-disabled")).toBeNull());
});

test("what the server refuses keeps the button off with the server's sentence", async () => {
  const refusal = "There are rows in which k is NULL.";
  vi.mocked(actions.previewDistribute).mockResolvedValue({
    ok: true,
    data: aPlan({ refusal, notes: [{ tone: "bad", text: refusal }] }),
  });
  open(aPlainTable());
  await waitFor(() => expect(screen.getAllByText(refusal).length).toBeGreaterThan(0));
  expect(start().getAttribute("aria-disabled")).toBe("true");
  expect(actions.distribute).not.toHaveBeenCalled();
});

test("without any possible column it says so, and no plan is asked for", async () => {
  open(aPlainTable({ keys: [aKey("a", ["k"]), aKey("b", ["note"])] }));
  expect(await screen.findByText(/No column of this table can be chosen\. Its panel/)).toBeDefined();
  expect(actions.previewDistribute).not.toHaveBeenCalled();
  expect(start().getAttribute("aria-disabled")).toBe("true");
});

test("undistributing waits for the name, and takes tied tables only when that is chosen", async () => {
  vi.mocked(actions.previewUndistribute).mockResolvedValue({ ok: true, data: aPlan({ typed: "public.t" }) });
  const user = open(aPlainTable(), "undistribute");
  await screen.findByRole("textbox", { name: /Type the table's name/ });
  const button = () => screen.getByRole("button", { name: "Undistribute" });
  expect(button().getAttribute("aria-disabled")).toBe("true");
  await user.click(screen.getByRole("checkbox", { name: /foreign keys tie to it/ }));
  await waitFor(() =>
    expect(vi.mocked(actions.previewUndistribute).mock.lastCall?.[0]).toEqual({ clusterId, table: 500, cascade: true }),
  );
  await user.type(await screen.findByRole("textbox", { name: /Type the table's name/ }), "public.t");
  await waitFor(() => expect(button().getAttribute("aria-disabled")).toBeNull());
  await user.click(button());
  expect(actions.undistribute).toHaveBeenCalledWith(expect.objectContaining({ typed: "public.t", cascade: true }));
});
