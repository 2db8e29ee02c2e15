import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { reasonOf, seenBy } from "@/components/live/access-testing";
import { AuditBanner } from "@/components/live/audit-banner";
import type { AuditCheck, AuditEntry, AuditPage } from "@/lib/domain/audit";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { AuditScreen } from "./audit-screen";

vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

const CHECK: AuditCheck = { from: 1, to: 12, checkedAt: Date.now() - 5_000, misfit: null, problem: null };
const hash = "a".repeat(64);

function anEntry(seq: number, over: Partial<NonNullable<AuditEntry["record"]>> = {}): AuditEntry {
  const actor = { id: "local:ada", name: "ada", sessionId: "s-1", from: "192.0.2.7" };
  const record = {
    seq,
    at: "2026-11-20T10:00:00.000Z",
    kind: "intent" as const,
    clusterId: "shop",
    actor,
    runId: "r-1",
    details: {},
    prev: hash,
    hash,
  };
  return { seq, about: { change: "node.drain", subject: ":55167" }, record: { ...record, ...over } };
}
const PLAN = {
  steps: [{ title: "Close it", sql: ["select close_it();"] }],
  notes: [{ tone: "warn", text: "One table has no replica identity.", detail: "public.no_pk" }],
  fingerprint: "f",
};
const PAGE: AuditPage = {
  entries: [
    anEntry(3, { kind: "outcome", details: { state: "failed", problem: { code: "pg_refused", detail: "no room" } } }),
    anEntry(2, { details: { plan: PLAN, login: "shardboard_ops", reason: "the disk is full" } }),
    { seq: 1, record: null, about: null },
  ],
  next: null,
  ownOnly: null,
  hiddenBecause: null,
  check: CHECK,
};

function open(page: Partial<AuditPage> = {}, { search = "", rules = {} as Parameters<typeof seenBy>[0] } = {}) {
  window.history.replaceState(null, "", `/clusters/shop/audit${search}`);
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url);
    return Response.json(url.endsWith("/check") ? (page.check ?? CHECK) : { ...PAGE, ...page });
  });
  const clusterId = clusterIdSchema.parse("shop");
  render(
    <QueryClientProvider client={new QueryClient()}>
      <AuditBanner clusterId={clusterId} />
      <AuditScreen clusterId={clusterId} />
    </QueryClientProvider>,
    { wrapper: seenBy(rules) },
  );
  return { user: userEvent.setup(), asked };
}
const rows = async () =>
  within(await screen.findByRole("grid", { name: "Records of the audit" }))
    .getAllByRole("row")
    .slice(1);

test("the newest record comes first, each says who, what and how it ended; one that cannot be read says that", async () => {
  open();
  const [outcome, intent, broken] = (await rows()).map((row) => row.textContent);
  expect(outcome).toContain("adaDrain :55167Outcome: failed192.0.2.7");
  expect(intent).toContain("Drain :55167Intent");
  expect(broken).toContain("This record cannot be read");
  expect(screen.getByText(/^verified up to #12/)).toBeDefined();
  expect(screen.queryByRole("alert")).toBeNull();
});

test("a record opens with its statements, what was looked at, who, from where, and leads to its operation", async () => {
  const { user } = open();
  await user.click((await rows())[1] as HTMLElement);
  const panel = screen.getByRole("complementary", { name: "Record #2" });
  for (const text of [
    "select close_it();",
    "shardboard_ops",
    "One table has no replica identity.",
    "the disk is full",
    "192.0.2.7, session s-1",
  ])
    expect(panel.textContent).toContain(text);
  expect(within(panel).getByRole("link", { name: "r-1" }).getAttribute("href")).toBe("/clusters/shop/operations/r-1");
});

test("a filter of the address is asked for, and one that says nothing we know is left out", async () => {
  const { asked } = open({}, { search: "?kind=outcome&state=nonsense&text=drain&from=yesterday&record=3" });
  await rows();
  expect(asked).toContain("/api/clusters/shop/audit?scope=cluster&kind=outcome&text=drain");
  expect(screen.getByRole("complementary", { name: "Record #3" })).toBeDefined();
});

test("a viewer is told that only their own deeds are shown and that statements are left out; both exports are there, off, with the role they need", async () => {
  open(
    { entries: [], ownOnly: "Your role is viewer.", hiddenBecause: "Your role is viewer." },
    { rules: { role: "viewer" } },
  );
  expect(await screen.findByText("Nothing that you did on this cluster is on record.")).toBeDefined();
  expect(screen.getByText(/^Only what you did yourself is shown/)).toBeDefined();
  expect(screen.getByText(/^Statements and values are left out/)).toBeDefined();
  for (const name of ["Export JSON lines", "Export CSV"])
    expect(reasonOf(screen.getByRole("button", { name }))).toContain("this needs the role admin (right audit:export)");
});

test("an admin exports what the filter leaves", async () => {
  open({}, { search: "?kind=refused" });
  const links = await screen.findAllByRole("link", { name: /^Export/ });
  expect(links.map((link) => link.getAttribute("href"))).toEqual([
    "/api/clusters/shop/audit/export?scope=cluster&kind=refused&format=jsonl",
    "/api/clusters/shop/audit/export?scope=cluster&kind=refused&format=csv",
  ]);
});

test("F20: an audit that does not fit is said as an alert, with the record and the command that looks at it", async () => {
  open({ check: { ...CHECK, misfit: { seq: 7, why: "its hash is not that of what it says" } } });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("Record #7: its hash is not that of what it says.");
  expect(alert.textContent).toContain("npm run shardboard -- audit verify");
  expect(await screen.findByText("does not fit at #7")).toBeDefined();
});
