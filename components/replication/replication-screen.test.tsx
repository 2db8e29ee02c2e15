import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { History } from "@/lib/domain/history";
import { nodeIdSchema } from "@/lib/domain/node";
import type { Replication } from "@/lib/domain/replication";
import type { Problem } from "@/lib/errors";
import { aWorker } from "@/lib/testing/layout";
import { liveAnswer } from "@/lib/testing/live-answer";
import { aReplication, aSlot, aStandby } from "@/lib/testing/replication";
import { readReplicationNow } from "@/server/actions/replication";
import { ReplicationScreen } from "./replication-screen";

vi.mock("@/server/actions/replication", () => ({ readReplicationNow: vi.fn() }));

const nodes = [aWorker(0), aWorker(1)];
const worker = nodeIdSchema.parse(2);
const problem: Problem = { code: "node_unreachable", detail: "It accepts no session.", traceId: "t" };

/** What the console has kept of the lag, or why it does not say. */
let kept: History | Problem = { since: null, stepMs: 10_000, times: [], lines: [] };

function open(replication: Replication | null, failed: Problem | null = null) {
  const live = { version: "1", ageMs: 0, tookMs: 1, problem: null, failingForMs: null };
  vi.stubGlobal("fetch", async (url: string) =>
    url.includes("/history/lag-seconds?")
      ? Response.json(kept, { status: "code" in kept ? 500 : 200 })
      : url.endsWith("/replication")
        ? liveAnswer({ ...live, data: replication, problem: failed })
        : liveAnswer({ ...live, data: { nodes, coordinatorRegistered: true } }),
  );
  render(
    <QueryClientProvider client={new QueryClient()}>
      <ReplicationScreen clusterId={clusterIdSchema.parse("shop")} />
    </QueryClientProvider>,
  );
}

const rowOf = async (name: string) =>
  within(await screen.findByRole("table", { name: "Standbys" })).getByRole("row", { name: new RegExp(name) });

test("a paused standby is behind although PostgreSQL's replay lag is small; both are shown", async () => {
  open(
    aReplication({
      standbys: [aStandby({ replaySeconds: 0.25, replayBytes: 4_174_592, behind: { seconds: 95, atLeast: true } })],
    }),
  );
  const row = await rowOf("standby_1");
  expect(within(row).getByText("behind")).toBeDefined();
  expect(within(row).getByText("250 ms")).toBeDefined();
  expect(within(row).getByText("4.0 MB")).toBeDefined();
  expect(within(row).getByText("≥ 1 min 35 s")).toBeDefined();
  expect(screen.getByText("standby_1 replays what :55165 wrote at least 1 min 35 s ago.")).toBeDefined();
});

test("unknown lags are dashes with their reason, never 0", async () => {
  open(aReplication({ standbys: [aStandby({ writeSeconds: null, behind: null, replayBytes: null })] }));
  const row = await rowOf("standby_1");
  expect(within(row).getByText(/nothing was sent lately/)).toBeDefined();
  expect(within(row).getByText(/the console has looked only once/)).toBeDefined();
});

test("a standby that streamed and does not now stays on screen as gone", async () => {
  open(aReplication({ missing: [{ key: "2 s", nodeId: worker, name: "standby_2", lastSeenSeconds: 40 }] }));
  expect(within(await rowOf("standby_2")).getByText("gone")).toBeDefined();
  expect(screen.getByText("It streamed until 40 s ago.")).toBeDefined();
});

test("slots: whose they are, what they keep, of which limit, and when nobody uses one", async () => {
  open(
    aReplication({
      standbys: [aStandby()],
      slots: [
        aSlot({ name: "citus_shard_move_slot_7_10_9", kind: "logical", database: "shop", purpose: "shard-move" }),
        aSlot({ name: "forgotten", isActive: false, keptBytes: 524_288, limitBytes: 1_048_576, inactiveSeconds: 60 }),
      ],
    }),
  );
  const table = await screen.findByRole("table", { name: "Replication slots" });
  const move = within(table).getByRole("row", { name: /citus_shard_move_slot/ });
  expect(within(move).getByText("of a shard move")).toBeDefined();
  expect(within(move).getByText("no limit but the disk")).toBeDefined();
  const forgotten = within(table).getByRole("row", { name: /forgotten/ });
  expect(within(forgotten).getByText("no for 1 min")).toBeDefined();
  expect(within(forgotten).getByText("50 %")).toBeDefined();
});

test("no standby at all says what that means", async () => {
  open(aReplication());
  expect(await screen.findByText("No standby streams from any node.")).toBeDefined();
  expect(screen.getByText(/without a standby of its node the rows of a shard are lost/)).toBeDefined();
});

test("a node that did not answer is named, and nothing is claimed of it", async () => {
  const [first] = aReplication().answers;
  if (!first) throw new Error("an answer");
  open(aReplication({ answers: [first, { nodeId: worker, ok: false, problem, tookMs: 1500 }] }));
  expect(await screen.findByText(/:55165 did not answer: It accepts no session/)).toBeDefined();
  expect(screen.getByText("No standby streams from a node that answers.")).toBeDefined();
  expect(screen.getByText("at least 0 standbys, 0 slots")).toBeDefined();
});

test("the lines of the chart are there as a table, with gaps as unknown", async () => {
  open(
    aReplication({
      standbys: [aStandby()],
      history: { times: [1_000, 3_000, 5_000], series: [{ key: "2 standby_1", values: [null, 0, 12] }] },
    }),
  );
  const image = await screen.findByRole("img", {
    name: "Replay lag now: of :55165 12 s; 12 s at most in the last 15 minutes.",
  });
  expect(image).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Show as table" }));
  const table = screen.getByRole("table", { name: /Replay lag now/ });
  expect(within(table).getByText("unknown")).toBeDefined();
});

test("a failed read keeps what was read; Read now asks again", async () => {
  vi.mocked(readReplicationNow).mockResolvedValue({ ok: true, data: { read: "pg_stat_replication" } });
  open(aReplication({ standbys: [aStandby()] }), { ...problem, code: "cluster_unreachable" });
  expect(await screen.findByText("The coordinator does not answer")).toBeDefined();
  expect(await rowOf("standby_1")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Read now" }));
  expect(readReplicationNow).toHaveBeenCalledWith({ clusterId: "shop" });
});

const twoHours = async () => userEvent.click(await screen.findByRole("radio", { name: "2 h" }));

test("further back the chart shows the greatest lag of each step that was kept, and gaps stay gaps", async () => {
  const times = [0, 1, 2].map((step) => Date.now() - 3_600_000 + step * 10_000);
  kept = {
    since: times[0] ?? 0,
    stepMs: 10_000,
    times,
    lines: [{ key: "2 standby_1", mean: [1, null, 2], low: [0, null, 2], high: [42, null, 2] }],
  };
  open(aReplication({ standbys: [aStandby()] }));
  await twoHours();
  const name = "Replay lag now: of :55165 2.0 s; 42 s at most in the last 2 h.";
  expect(await screen.findByRole("img", { name })).toBeDefined();
  expect(screen.getByText(/the greatest of each 10 s; collected since \d{4}-/)).toBeDefined();
  await userEvent.click(within(screen.getByRole("region", { name: "Replay lag" })).getByLabelText("Show as table"));
  const cells = screen.getAllByRole("row").map((row) => row.textContent);
  expect(cells.filter((text) => text?.endsWith("unknown"))).toHaveLength(1);
});

test("a history that holds nothing yet says what is collected; one that does not answer says so and leaves the rest", async () => {
  kept = { since: null, stepMs: 10_000, times: [], lines: [] };
  open(aReplication({ standbys: [aStandby()] }));
  await twoHours();
  expect(await screen.findByText("No lag is on record yet.")).toBeDefined();
  kept = { code: "state_failed", detail: "The history does not answer: not within its time.", traceId: "t" };
  await userEvent.click(screen.getByRole("radio", { name: "24 h" }));
  expect(await screen.findByText("The live values are not concerned.")).toBeDefined();
  expect(await rowOf("standby_1")).toBeDefined();
});
