import { expect, test } from "vitest";
import { aBackend } from "@/lib/testing/activity";
import { foldActivity, type NodeActivity, withCoordinator } from "./activity-fold";
import { activityFromViews } from "./activity-views";
import type { FromNode } from "./from-node";
import { type ClusterNode, nodeIdSchema } from "./node";

const one = nodeIdSchema.parse(1);
const two = nodeIdSchema.parse(2);

function told(nodeId: typeof one, value: Partial<NodeActivity>): FromNode<NodeActivity> {
  return {
    nodeId,
    ok: true,
    by: "direct",
    tookMs: 1,
    value: { total: value.backends?.length ?? 0, seesAll: true, backends: [], waits: [], prepared: [], ...value },
  };
}
const silent: FromNode<NodeActivity> = {
  nodeId: two,
  ok: false,
  problem: { code: "node_unreachable", detail: "It accepts no session.", traceId: "t" },
  tookMs: 1500,
};
const local = { waitSeconds: 4, lockType: "tuple", mode: "ExclusiveLock", relation: "public.orders_1", gid: null };

test("a wait of two worker connections is a wait of the two sessions behind them", () => {
  const backends = [
    aBackend({ pid: 50, application: "citus_internal gpid=10000000010" }),
    aBackend({ pid: 51, application: "citus_internal gpid=10000000011" }),
  ];
  const { waits } = foldActivity([told(two, { backends, waits: [{ ...local, pid: 51, blockerPid: 50 }] })]);
  expect(waits).toMatchObject([
    { waiter: "10000000011", blocker: { kind: "session", globalPid: "10000000010" }, nodeId: 2, waitSeconds: 4 },
  ]);
});

test("blocker 0 is a prepared transaction, and a blocker that just ended keeps its number", () => {
  const waits = [
    { ...local, pid: 60, blockerPid: 0, gid: "citus_0_1" },
    { ...local, pid: 60, blockerPid: 99 },
  ];
  const folded = foldActivity([told(two, { backends: [aBackend({ pid: 60 })], waits })]);
  expect(folded.waits.map((wait) => wait.blocker)).toEqual([
    { kind: "prepared", nodeId: two, gid: "citus_0_1" },
    { kind: "session", globalPid: "20000000099" },
  ]);
});

test("a node that does not answer loses its sessions and nobody else's, and is named with its reason", () => {
  const folded = foldActivity([told(one, { backends: [aBackend()] }), silent]);
  expect(folded.sessions).toHaveLength(1);
  expect(folded.answers).toMatchObject([
    { ok: true, value: 1 },
    { nodeId: 2, ok: false },
  ]);
});

test("kinds: our reading and what it opened are own; a daemon's connections are background; a move is shown as a session", () => {
  const backends = [
    aBackend({ pid: 10, application: "shardboard:a1b2c3:read" }),
    aBackend({ pid: 11, application: "shardboard:act:0199" }),
    aBackend({ pid: 12, application: "Citus Maintenance Daemon", backendType: "Citus Maintenance Daemon: 1/10" }),
    aBackend({ pid: 13, backendType: "Citus Background Task Queue Executor: shop/dba for (1/2)" }),
    aBackend({ pid: 14, leaderPid: 11, backendType: "parallel worker" }),
    aBackend({ pid: 15, application: "citus_run_command gpid=10000000010" }),
    aBackend({ pid: 16, application: "citus_internal gpid=10000000012" }),
    aBackend({ pid: 17, backendType: null, application: null, user: null }),
  ];
  const { sessions } = foldActivity([told(one, { backends })]);
  expect(sessions.map(({ pid, kind, globalPid }) => [pid, kind, globalPid])).toEqual([
    [10, "own", "10000000010"],
    [11, "client", "10000000011"],
    [12, "background", "10000000012"],
    [13, "client", "10000000013"],
    [14, "worker", "10000000011"],
    [15, "own", "10000000010"],
    [16, "background", "10000000012"],
    [17, "client", "10000000017"],
  ]);
});

test("an unregistered coordinator is asked under Citus' own number for it", () => {
  const nodes = withCoordinator([], { host: "10.0.0.1", port: 5432 });
  expect(nodes.map(({ id, host }) => [id, host])).toEqual([[99_999_999, "10.0.0.1"]]);
});

test("from the views: a node without a row did not answer, and its WARNING is the reason", () => {
  const expected = [one, two].map((id) => ({ id }) as ClusterNode);
  const activity = activityFromViews({
    expected,
    sessions: [
      { ...aBackend(), nodeId: one, globalPid: "10000004711" },
      { ...aBackend({ pid: 9 }), nodeId: one, globalPid: null },
    ],
    waits: [],
    warnings: [
      "could not establish connection after 2000 ms",
      "Error on node with node id 2: failed to connect to h:1",
    ],
    tookMs: 5,
    traceId: "t",
  });
  expect(activity.answers).toMatchObject([
    { nodeId: 1, ok: true, value: 2 },
    { nodeId: 2, ok: false, problem: { detail: "Error on node with node id 2: failed to connect to h:1" } },
  ]);
  // A session that never used a distributed table has no global pid in the view, and one all the same.
  expect(activity.sessions.map((session) => session.globalPid)).toEqual(["10000004711", "10000000009"]);
});
