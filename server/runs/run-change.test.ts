import { EventEmitter } from "node:events";
import pg from "pg";
import { beforeEach, expect, test, vi } from "vitest";
import type { Outcome } from "@/server/audit/trail";
import type { Call, Prepared } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { TESTER } from "@/server/testing/do-change";

const outcomes: Outcome[] = [];
const refreshTopics = vi.fn(async () => {});
let connect = async () => {};

vi.mock("@/server/audit/trail", () => ({
  openRecord: async () => ({ close: async (outcome: Outcome) => void outcomes.push(outcome) }),
}));
vi.mock("@/server/live/collector", () => ({ refreshTopics: (...names: []) => refreshTopics(...names) }));
vi.mock("@/server/pg/pools", () => ({
  // The end of the connection never comes: a coordinator that froze after its last answer.
  longClient: () => Object.assign(new EventEmitter(), { connect: () => connect(), end: () => new Promise(() => {}) }),
}));
const { startRun } = await import("./run-change");
const { fromPgError } = await import("@/server/pg/errors");

const target = { clusterId: "shop", logins: { ops: { user: "dba", password: "" } } } as Target;

beforeEach(() => {
  outcomes.length = 0;
  connect = async () => {};
  refreshTopics.mockReset().mockResolvedValue();
});

/** A change of one step with one call. */
async function runOf(execute: Call["execute"], over: Partial<Prepared> = {}) {
  const prepared: Prepared = {
    subject: "public.orders",
    steps: [{ title: "Do it", calls: [{ name: "area.verb", sql: "select 1;", execute }] }],
    notes: [],
    refresh: ["nodes"],
    verify: async () => ({ seen: true, sentence: "It is there." }),
    ...over,
  };
  const { run, ended } = await startRun(target, TESTER, "area.verb", prepared, {});
  await ended;
  return run;
}

const answer = (code: string) => Object.assign(new pg.DatabaseError("no", 0, "error"), { code });
const refusal = () => answer("42501");
const dressed = (cause: unknown) => async () => {
  throw fromPgError(cause, "area.verb");
};

test("a run whose statements were answered has succeeded, and the record says what was seen", async () => {
  const run = await runOf(async () => ({ jobId: 7 }));
  expect(run).toMatchObject({ state: "succeeded", jobId: 7, problem: null, effect: { seen: true } });
  expect(outcomes).toEqual([{ state: "succeeded", jobId: 7, effect: "It is there." }]);
});

test("a statement that the server refused has failed", async () => {
  const run = await runOf(dressed(refusal()));
  expect(run).toMatchObject({ state: "failed", problem: { code: "pg_permission" }, steps: [{ state: "failed" }] });
  expect(outcomes).toMatchObject([{ state: "failed" }]);
});

test("a statement that was sent and never answered may have taken effect: the record does not call it failed", async () => {
  const run = await runOf(dressed(new Error("Connection terminated unexpectedly")));
  expect(run).toMatchObject({ state: "unknown", effect: { sentence: "It is there." } });
  expect(outcomes).toMatchObject([{ state: "unknown" }]);
});

test("a statement that somebody cancelled is not called slow: a run has no time limit", async () => {
  const run = await runOf(dressed(answer("57014")));
  expect(run).toMatchObject({ state: "failed", problem: { code: "query_cancelled" } });
});

test("a coordinator that could not be reached got nothing: that has failed", async () => {
  connect = () => Promise.reject(new Error("connect ECONNREFUSED"));
  const run = await runOf(async () => ({}));
  expect(run).toMatchObject({
    state: "failed",
    problem: { code: "cluster_unreachable" },
    steps: [{ state: "waiting" }],
  });
});

test("a refresh that fails afterwards makes no failure of a success, and leaves no run without an end", async () => {
  const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const failsFor = (topic: string) => async (_target: Target, names: string[]) => {
    if (names.includes(topic)) throw new Error("a listener threw");
  };
  refreshTopics.mockImplementation(failsFor("nodes") as never);
  expect(await runOf(async () => ({}))).toMatchObject({ state: "succeeded", problem: null });
  expect(await runOf(dressed(refusal()))).toMatchObject({ state: "failed" });
  expect(outcomes).toMatchObject([{ state: "succeeded" }, { state: "failed" }]);
  expect(said).toHaveBeenCalledTimes(2);
  said.mockRestore();
});

test("an effect that cannot be looked for is said to be unknown", async () => {
  const run = await runOf(async () => ({}), { verify: dressed(new Error("connect ECONNREFUSED")) });
  expect(run).toMatchObject({ state: "succeeded", effect: { seen: false } });
  expect(run.effect?.sentence).toBe("Whether it took effect is not known: connect ECONNREFUSED");
});
