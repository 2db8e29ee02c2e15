import fc from "fast-check";
import { expect, test } from "vitest";
import { anActivity, aSession, aWait, gpid } from "@/lib/testing/activity";
import { ageOf, mayCancel, mayTerminate, statusOf, waitersOf } from "./activity";
import { activityPicture } from "./activity-rows";
import { readActivityView, shownRows, writeActivityView } from "./activity-view";
import { nodeIdSchema } from "./node";

const NOBODY = new Set<never>();

test("a session waits when only its connection to another node does", () => {
  const session = aSession({ pid: 2, state: "active", waitEventType: "Client", waitEvent: "ClientRead" });
  expect(statusOf(session, waitersOf([aWait(2, 1)]))).toBe("waiting");
  expect(statusOf(session, NOBODY)).toBe("active");
});

test("the age that counts: the statement's, an idle transaction's, or the state's", () => {
  const ages = { querySeconds: 1, transactionSeconds: 20, stateSeconds: 300 };
  const age = (state: string) => {
    const session = aSession({ ...ages, state });
    return ageOf(session, statusOf(session, NOBODY));
  };
  expect([age("active"), age("idle in transaction (aborted)"), age("idle")]).toEqual([1, 20, 300]);
});

test("a state the login may not see is unknown, never idle", () => {
  expect(statusOf(aSession({ state: null }), NOBODY)).toBe("unknown");
});

test("only a running statement can be cancelled; an idle session can still be ended", () => {
  expect(mayCancel(aSession({ state: "active" })).allowed).toBe(true);
  for (const state of ["idle", "idle in transaction"]) {
    expect(mayCancel(aSession({ state })).allowed).toBe(false);
    expect(mayTerminate(aSession({ state })).allowed).toBe(true);
  }
});

test("the console's own sessions, background processes and tasks of a job are not signalled", () => {
  const executor = aSession({ backendType: "Citus Background Task Queue Executor: shop/dba for (1/2)" });
  for (const session of [aSession({ kind: "own" }), aSession({ kind: "background" }), executor])
    expect(mayTerminate(session).allowed).toBe(false);
});

test("a connection that Citus opened blocks nobody by itself: the session behind it does", () => {
  const worker = aSession({ pid: 50, nodeId: nodeIdSchema.parse(2), globalPid: gpid(1), kind: "worker" });
  const { rows } = activityPicture(anActivity({ sessions: [aSession({ pid: 1 }), worker], waits: [aWait(2, 1)] }));
  expect(rows.map((row) => row.blocks)).toEqual([1, 0]);
});

const view = fc.record({
  filter: fc.string(),
  show: fc.uniqueArray(fc.constantFrom("active", "waiting", "idle-in-transaction", "idle", "unknown")),
  node: fc.option(fc.nat()),
  over: fc.nat(),
  workers: fc.boolean(),
  background: fc.boolean(),
  sort: fc.constantFrom("globalPid", "node", "status", "wait", "age", "user", "application"),
  locks: fc.constantFrom("graph", "table"),
  session: fc.uniqueArray(fc.integer({ min: 1, max: 99 }).map(gpid)),
});

test("whatever is chosen is read back from the address as it was written; an address that names nonsense chooses nothing", () => {
  fc.assert(
    fc.property(view, (chosen) => {
      const written = writeActivityView(chosen);
      const params = new URLSearchParams(
        Object.entries(written).flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
      );
      const read = readActivityView(params);
      expect({ ...read, show: read.show.toSorted(), session: read.session.toSorted() }).toMatchObject({
        ...chosen,
        show: chosen.show.toSorted(),
        session: chosen.session.toSorted(),
      });
    }),
  );
  const nonsense = new URLSearchParams("sort=x&over=-3&node=abc&workers=perhaps&session=1e9,-4&locks=pie");
  expect(readActivityView(nonsense)).toEqual(readActivityView(new URLSearchParams()));
});

test("what has no age stands last whichever way it is sorted", () => {
  const sessions = [null, 5, 50].map((querySeconds, n) => aSession({ pid: n + 1, querySeconds }));
  const { rows } = activityPicture(anActivity({ sessions }));
  const ages = (direction: "ascending" | "descending") =>
    shownRows(rows, { ...readActivityView(new URLSearchParams()), direction }).map((row) => row.ageSeconds);
  expect(ages("descending")).toEqual([50, 5, null]);
  expect(ages("ascending")).toEqual([5, 50, null]);
});
