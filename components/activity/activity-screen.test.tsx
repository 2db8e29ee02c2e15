import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { seenBy } from "@/components/live/access-testing";
import type { Activity } from "@/lib/domain/activity";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { globalPid } from "@/lib/domain/global-pid";
import type { Problem } from "@/lib/errors";
import { anActivity, aSession, aWait, gpid } from "@/lib/testing/activity";
import { aWorker } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import * as actions from "@/server/actions/activity";
import { ActivityScreen } from "./activity-screen";

vi.mock("@/server/actions/activity", () => ({
  readActivityNow: vi.fn(),
  previewCancelSessions: vi.fn(),
  cancelSessions: vi.fn(),
  previewTerminateSessions: vi.fn(),
  terminateSessions: vi.fn(),
}));
vi.mock("next/navigation", () => ({
  usePathname: () => window.location.pathname,
  useSearchParams: () => new URLSearchParams(window.location.search),
}));

const nodes = [aWorker(0), aWorker(1)];
const [coordinator, worker] = nodes.map((node) => node.id);
if (coordinator === undefined || worker === undefined) throw new Error("two nodes");

const root = aSession({ pid: 1, state: "idle in transaction", transactionSeconds: 372, application: "api-7f9" });
const waiter = aSession({ pid: 2, application: "api-2c1", querySeconds: 48, query: "update orders set total = 1" });
const busy = aSession({ pid: 3, application: "metabase", user: "analyst", querySeconds: 3, query: "select count(*)" });
const idle = aSession({ pid: 4, application: "pool", state: "idle", stateSeconds: 9 });
const backend = aSession({
  pid: 5,
  nodeId: worker,
  globalPid: gpid(3),
  kind: "worker",
  application: "citus_internal gpid=10000000003",
});
const ours = aSession({ pid: 6, kind: "own", application: "shardboard node" });
const LOCKED = anActivity({ sessions: [busy, waiter, root, idle, backend, ours], waits: [aWait(2, 1)] });

let answered: { data: Activity | null; problem: Problem | null; version: string };

function open(
  activity: Activity | null = LOCKED,
  { search = "", problem = null as Problem | null, rules = {} as Parameters<typeof seenBy>[0] } = {},
) {
  window.history.replaceState(null, "", `/clusters/shop/activity${search}`);
  answered = { data: activity, problem, version: "1" };
  const live = { ageMs: 0, tookMs: 1, problem: null, failingForMs: null };
  vi.stubGlobal("fetch", async (url: string) =>
    url.endsWith("/activity")
      ? liveAnswer({ ...live, ...answered })
      : liveAnswer({ ...live, version: "1", data: { nodes, coordinatorRegistered: true } }),
  );
  const client = new QueryClient();
  render(
    <QueryClientProvider client={client}>
      <ActivityScreen clusterId={clusterIdSchema.parse("shop")} />
    </QueryClientProvider>,
    { wrapper: seenBy(rules) },
  );
  return { user: userEvent.setup(), next: (activityNow: Activity) => refetch(client, activityNow) };
}

async function refetch(client: QueryClient, activity: Activity) {
  answered = { ...answered, data: activity, version: `${Number(answered.version) + 1}` };
  await client.refetchQueries();
}

const grid = () => screen.findByRole("grid", { name: "Sessions" });
const applications = async () =>
  within(await grid())
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell")[7]?.textContent);

beforeEach(() => {
  for (const action of Object.values(actions)) vi.mocked(action).mockReset();
});

describe("what is listed", () => {
  test("those that do or hold something, the oldest first; the rest is counted", async () => {
    open();
    expect(await applications()).toEqual(["api-7f9", "api-2c1", "metabase"]);
    for (const name of ["All 4", "Active 1", "Waiting 1", "Idle in tx 1", "Idle 1"])
      expect(screen.getByRole("button", { name })).toBeDefined();
    expect(screen.getByText("4 sessions on 2 nodes, 3 rows shown")).toBeDefined();
    expect(screen.getByRole("checkbox", { name: "Worker backends 1" })).toBeDefined();
    expect(screen.getByRole("checkbox", { name: "Background 1" })).toBeDefined();
  });

  test("states, words, user and worker backends are chosen, and the address keeps them", async () => {
    const { user } = open();
    await grid();
    await user.click(screen.getByRole("button", { name: "Idle 1" }));
    expect(await applications()).toContain("pool");
    await user.click(screen.getByRole("checkbox", { name: /Worker backends/ }));
    expect(await applications()).toContain("citus_internal gpid=10000000003");
    await user.type(screen.getByRole("textbox", { name: "Filter sessions" }), "analyst count");
    expect(await applications()).toEqual(["metabase"]);
    await waitFor(() => expect(new URLSearchParams(window.location.search).get("filter")).toBe("analyst count"));
    expect(new URLSearchParams(window.location.search).get("workers")).toBe("true");
  });

  test("a filter that matches nothing says so and can be cleared", async () => {
    const { user } = open(LOCKED, { search: "?filter=nowhere" });
    expect(await screen.findByText("No session matches.")).toBeDefined();
    await user.click(screen.getByRole("button", { name: "Clear the filters" }));
    expect(await applications()).toHaveLength(3);
  });

  test("nobody connected is not the same as nothing found", async () => {
    open(anActivity({ sessions: [ours] }));
    expect(await screen.findByText("Nobody is connected.")).toBeDefined();
    expect(screen.getByText(/No session waits for a lock/)).toBeDefined();
  });

  test("a node that did not answer is named, and the number of sessions is a lower bound", async () => {
    const problem: Problem = { code: "node_unreachable", detail: "It accepts no session.", traceId: "t" };
    const [first] = LOCKED.answers;
    if (!first) throw new Error("an answer");
    open({ ...LOCKED, answers: [first, { nodeId: worker, ok: false, problem, tookMs: 1500 }] });
    expect(await screen.findByText(/:55165 did not answer: It accepts no session/)).toBeDefined();
    expect(screen.getByText("at least 4 sessions on 1 of 2 nodes, 3 rows shown")).toBeDefined();
  });

  test("a failed read keeps the last sessions on screen and says why newer do not come", async () => {
    open(LOCKED, { problem: { code: "cluster_unreachable", detail: "connect ECONNREFUSED", traceId: "t" } });
    expect(await screen.findByText("The coordinator does not answer")).toBeDefined();
    expect(await applications()).toHaveLength(3);
  });
});

describe("a live table", () => {
  test("keeps its order under the pointer and says how much has changed; Pause keeps everything", async () => {
    const { user, next } = open();
    const table = await grid();
    await user.hover(table);
    const newcomer = aSession({ pid: 7, application: "newcomer", querySeconds: 999 });
    await next({ ...LOCKED, sessions: [newcomer, ...LOCKED.sessions] });
    await waitFor(async () => expect(await applications()).toEqual(["api-7f9", "api-2c1", "metabase", "newcomer"]));
    await user.click(screen.getByRole("button", { name: "1 change" }));
    expect((await applications())[0]).toBe("newcomer");

    await user.click(screen.getByRole("button", { name: "Pause" }));
    await next(anActivity({ sessions: [busy] }));
    expect(await applications()).toHaveLength(4);
    await user.click(screen.getByRole("button", { name: "Resume" }));
    await waitFor(async () => expect(await applications()).toEqual(["metabase"]));
  });
});

describe("lock waits", () => {
  test("the root is told apart and can be chosen in the graph; the bar says what ending it does", async () => {
    const { user } = open();
    const card = await screen.findByRole("button", { name: /root: idle in transaction 6 min 12 s/ });
    expect(screen.getByRole("button", { name: /waits 10 s: row of orders_102051/ })).toBeDefined();
    expect(screen.getByText("1 wait for 1 root")).toBeDefined();
    await user.click(card);
    const bar = screen.getByRole("region", { name: "Chosen sessions" });
    expect(within(bar).getByText(/1 session waits for it; ending it lets it go on/)).toBeDefined();
    const cancel = within(bar).getByRole("button", { name: "Cancel query" });
    expect(cancel.getAttribute("aria-disabled")).toBe("true");
    expect(screen.getAllByText(/It runs no statement now/).length).toBeGreaterThan(0);
  });

  test("the graph is a table as well", async () => {
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Graph as table" }));
    const table = screen.getByRole("table", { name: "Lock waits" });
    expect(within(table).getAllByRole("row")[1]?.textContent).toMatch(
      new RegExp(`^${gpid(2)}${gpid(1)}10 srow of orders_102051`),
    );
  });

  test("a prepared transaction that nobody finished is a root and is counted", async () => {
    const prepared = [{ nodeId: worker, gid: "citus_0_7", owner: "dba", database: "shop", seconds: 600 }];
    const waits = [aWait(2, 1, { blocker: { kind: "prepared", nodeId: worker, gid: "citus_0_7" } })];
    open(anActivity({ sessions: [waiter], waits, prepared }));
    expect(await screen.findByText("prepared transaction")).toBeDefined();
    expect(screen.getByText(/1 left over \(citus_0_7, 10 min old\)/)).toBeDefined();
  });
});

describe("ending a session", () => {
  test("asks first, with the chosen sessions' global pids as text", async () => {
    vi.mocked(actions.previewTerminateSessions).mockResolvedValue({
      ok: false,
      problem: { code: "conflict", detail: "not now", traceId: "t" },
    });
    const { user } = open();
    await user.click(within(await grid()).getByRole("checkbox", { name: `Choose session ${gpid(1)}` }));
    await user.click(screen.getByRole("button", { name: "Terminate session…" }));
    expect(screen.getByRole("dialog", { name: `Terminate session ${gpid(1)}?` })).toBeDefined();
    expect(actions.previewTerminateSessions).toHaveBeenCalledWith({ clusterId: "shop", globalPids: [gpid(1)] });
    expect(actions.terminateSessions).not.toHaveBeenCalled();
  });

  test("a chosen session that ended is said to be gone, and cannot be signalled", async () => {
    open(LOCKED, { search: `?session=${globalPid(1, 99)}` });
    expect(
      await screen.findByText(`Session ${globalPid(1, 99)} is gone: its node does not list it any more.`),
    ).toBeDefined();
    for (const name of ["Cancel query", "Terminate session…"])
      expect(screen.getByRole("button", { name }).getAttribute("aria-disabled")).toBe("true");
  });

  test("Read now asks Citus' views", async () => {
    vi.mocked(actions.readActivityNow).mockResolvedValue({ ok: true, data: { read: "citus_stat_activity" } });
    const { user } = open();
    await user.click(await screen.findByRole("button", { name: "Read now" }));
    expect(actions.readActivityNow).toHaveBeenCalledWith({ clusterId: "shop" });
  });
});
