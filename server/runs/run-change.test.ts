import { EventEmitter } from "node:events";
import pg from "pg";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { z } from "zod";
import { newActionId } from "@/lib/domain/action-id";
import type { AuditKind } from "@/lib/domain/audit";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { AppError } from "@/lib/errors";
import type { AnyChange, Call, Effect, Prepared } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { storeStatement } from "@/server/store/database";
import { instanceId } from "@/server/store/instance";
import { findRun, takeOverRun } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { TESTER } from "@/server/testing/do-change";
import { ownState } from "@/server/testing/own-state";

const refreshTopics = vi.fn(async () => {});
let connect = async () => {};
let sessionsLeft: { pid: number }[][] = [];
let effect: () => Promise<Effect> = async () => ({ seen: true, sentence: "It is there." });

const change: AnyChange = {
  name: "area.verb",
  permission: "node:drain",
  doing: (subject) => `changing ${subject}`,
  effect: () => effect(),
};

vi.mock("@/server/live/collector", () => ({ refreshTopics: (...names: []) => refreshTopics(...names) }));
vi.mock("@/server/changes/registry", () => ({ findChange: () => change }));
vi.mock("@/server/pg/run", () => ({ run: async () => sessionsLeft.shift() ?? [] }));
vi.mock("@/server/pg/pools", () => ({
  // The end of the connection never comes: a coordinator that froze after its last answer.
  longClient: () => Object.assign(new EventEmitter(), { connect: () => connect(), end: () => new Promise(() => {}) }),
}));
// Another file of the same worker may have brought these already, without what stands in here for the cluster.
vi.resetModules();
afterAll(() => void vi.resetModules());
const { startRun } = await import("./run-change");
const { closeUnknown } = await import("./close-unknown");
const { detachRuns } = await import("./leave");
const { reconcileRuns } = await import("./reconcile");
const { fromPgError } = await import("@/server/pg/errors");

const target = { clusterId: clusterIdSchema.parse("shop"), logins: { ops: { user: "dba" } } } as unknown as Target;
ownState();

beforeEach(() => {
  connect = async () => {};
  sessionsLeft = [];
  effect = async () => ({ seen: true, sentence: "It is there." });
  refreshTopics.mockReset().mockResolvedValue();
});

const AUDIT = storeStatement({
  text: "select kind, body from audit order by seq",
  row: z.object({ kind: z.string(), body: z.string().transform((text) => JSON.parse(text).details) }),
});
const audit = async () => (await state()).all(AUDIT);
const kinds = async (): Promise<AuditKind[]> => (await audit()).map(({ kind }) => kind as AuditKind);

function prepare(execute: Call["execute"], over: Partial<Prepared> = {}): Prepared {
  return {
    subject: "public.orders",
    steps: [{ title: "Do it", calls: [{ name: "area.verb", sql: "select 1;", execute }] }],
    notes: [],
    claims: [{ object: "table:public.orders", mode: "exclusive" }],
    before: null,
    refresh: ["nodes"],
    ...over,
  };
}

const ask = (actionId = newActionId()) => ({ actionId, target, actor: TESTER, change, input: {}, reason: "a test" });

/** A change of one step with one call, to its end. */
async function runOf(execute: Call["execute"], over: Partial<Prepared> = {}) {
  const started = await startRun(ask(), prepare(execute, over), 0);
  if (started.kind !== "started") throw new Error(started.kind);
  await started.ended;
  const stored = await findRun(await state(), started.run.id);
  // What is on disk is what the process says.
  expect(stored?.run).toEqual(started.run);
  return started.run;
}

const answer = (code: string) => Object.assign(new pg.DatabaseError("no", 0, "error"), { code });
const dressed = (cause: unknown) => async () => {
  throw fromPgError(cause, "area.verb");
};
const cut = dressed(new Error("Connection terminated unexpectedly"));

test("a run whose statements were answered has succeeded, and the audit says what was seen", async () => {
  const run = await runOf(async () => ({ jobId: 7 }));
  expect(run).toMatchObject({ state: "succeeded", jobId: 7, problem: null, effect: { seen: true }, reason: "a test" });
  expect(await audit()).toMatchObject([
    {
      kind: "intent",
      body: { change: "area.verb", login: "dba", reason: "a test", plan: { steps: [{ sql: ["select 1;"] }] } },
    },
    { kind: "outcome", body: { state: "succeeded", jobId: 7, effect: { sentence: "It is there." } } },
  ]);
});

test("the intent, and that the step is about to be sent, are on disk when the statement is sent", async () => {
  const id = newActionId();
  const seen: unknown[] = [];
  const started = await startRun(
    ask(id),
    prepare(async () => {
      seen.push((await findRun(await state(), id))?.run.steps[0]?.state, await kinds());
      return {};
    }),
    0,
  );
  if (started.kind === "started") await started.ended;
  expect(seen).toEqual(["running", ["intent"]]);
});

test("a statement that the server refused has failed", async () => {
  const run = await runOf(dressed(answer("42501")));
  expect(run).toMatchObject({ state: "failed", problem: { code: "pg_permission" }, steps: [{ state: "failed" }] });
  expect(await kinds()).toEqual(["intent", "outcome"]);
});

test("a statement that was sent and not answered is followed without its connection, and ends by its effect", async () => {
  sessionsLeft = [[{ pid: 7 }], []];
  const there = await runOf(cut);
  expect(there).toMatchObject({ state: "succeeded", steps: [{ state: "done" }], reconciled: expect.anything() });
  effect = async () => ({ seen: false, sentence: "It is not there." });
  expect(await startRun(ask(), prepare(cut), 1).then(ended)).toMatchObject({
    state: "failed",
    problem: { code: "cluster_unreachable" },
    reconciled: { sentence: expect.stringContaining("Its effect is not there.") },
  });
  expect(await kinds()).toEqual(["intent", "detached", "reconciled", "intent", "detached", "reconciled"]);
});

test("what could not be seen needs a person: neither a success nor a failure is claimed", async () => {
  effect = async () => ({ seen: false, sentence: "Its node does not answer.", isUnsure: true });
  expect(await runOf(cut)).toMatchObject({
    state: "unknown",
    reconciled: { sentence: expect.stringMatching(/needs a person.*"Do it" was sent.*Its node does not answer\./) },
  });
});

async function ended(started: Awaited<ReturnType<typeof startRun>>) {
  if (started.kind !== "started") throw new Error(started.kind);
  await started.ended;
  return started.run;
}

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
  const failsFor = (topic: string) => async (_target: Target, names: string[]) => {
    if (names.includes(topic)) throw new AppError("internal", "a listener threw");
  };
  refreshTopics.mockImplementation(failsFor("nodes") as never);
  expect(await runOf(async () => ({}))).toMatchObject({ state: "succeeded", problem: null });
});

test("an effect that cannot be looked for is said to be unknown", async () => {
  effect = dressed(new Error("connect ECONNREFUSED"));
  const run = await runOf(async () => ({}));
  expect(run).toMatchObject({ state: "succeeded", effect: { seen: false } });
  expect(run.effect?.sentence).toBe("Whether it took effect is not known: connect ECONNREFUSED");
});

test("F16: the same action id runs once, whatever is submitted under it afterwards", async () => {
  const id = newActionId();
  const sent = vi.fn(async () => ({}));
  const first = await startRun(ask(id), prepare(sent), 0).then(ended);
  const again = await startRun(ask(id), prepare(sent), 1);
  expect(again).toEqual({ kind: "known", run: first });
  await expect(startRun({ ...ask(id), input: { other: true } }, prepare(sent), 1)).rejects.toMatchObject({
    code: "conflict",
  });
  expect(sent).toHaveBeenCalledTimes(1);
});

test("F17: what another run claims is refused with who, what and since when, and nothing of it is on record", async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const first = await startRun(
    ask(),
    prepare(async () => {
      await held;
      return {};
    }),
    0,
  );
  const sent = vi.fn(async () => ({}));
  await expect(startRun(ask(), prepare(sent), 0)).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^test has been changing public\.orders since \d\d:\d\d:\d\d UTC \(.+\)\./),
    runId: first.kind === "started" ? first.run.id : "",
  });
  expect(await kinds()).toEqual(["intent"]);
  release();
  await ended(first);
  expect(await startRun(ask(), prepare(sent), 1).then(ended)).toMatchObject({ state: "succeeded" });
});

test("a run that ended since the plan was made has the plan made again", async () => {
  await runOf(async () => ({}));
  expect(
    await startRun(
      ask(),
      prepare(async () => ({})),
      0,
    ),
  ).toEqual({ kind: "moved" });
});

test("F25: a run whose process is told to stop is detached, and the next start finds out how it ended", async () => {
  let answered = () => {};
  const held = new Promise<void>((resolve) => {
    answered = resolve;
  });
  const started = await startRun(
    ask(),
    prepare(async () => {
      await held;
      return {};
    }),
    0,
  );
  if (started.kind !== "started") throw new Error(started.kind);
  await vi.waitUntil(async () => (await findRun(await state(), started.run.id))?.run.steps[0]?.state === "running");
  await detachRuns();
  expect((await findRun(await state(), started.run.id))?.run.state).toBe("detached");
  // The answer that still comes to the stopping process is nobody's any more.
  answered();
  await started.ended;
  expect(await kinds()).toEqual(["intent", "detached"]);

  sessionsLeft = [[{ pid: 7 }], []];
  const { taken, ended: found } = await reconcileRuns(() => target);
  await found;
  expect(taken).toBe(1);
  expect((await findRun(await state(), started.run.id))?.run).toMatchObject({
    state: "succeeded",
    steps: [{ state: "done" }],
  });
  expect(await kinds()).toEqual(["intent", "detached", "reconciled"]);
});

test("F20: without a state that can be written nothing is sent", async () => {
  const sent = vi.fn(async () => ({}));
  const database = await state();
  await database.all(storeStatement({ text: "drop table claims", row: z.object({}) }));
  await expect(startRun(ask(), prepare(sent), 0)).rejects.toMatchObject({ code: "record_failed" });
  expect(sent).not.toHaveBeenCalled();
  expect(await kinds()).toEqual([]);
});

test("a process that was taken for dead sends nothing more, and its word for the end does not count", async () => {
  const second = vi.fn(async () => ({}));
  const id = newActionId();
  const takenOver = async () => {
    await takeOverRun(await state(), id, instanceId(), "another");
    return {};
  };
  const steps = [takenOver, second].map((execute) => ({
    title: "Do it",
    calls: [{ name: "a.b", sql: "select 1;", execute }],
  }));
  await startRun(ask(id), prepare(second, { steps }), 0).then(ended);
  expect(second).not.toHaveBeenCalled();
  expect((await findRun(await state(), id))?.run.state).toBe("running");
  expect(await kinds()).toEqual(["intent"]);
});

test("an operation whose end is unknown is closed once, with a remark, and the audit says by whom", async () => {
  effect = async () => ({ seen: false, sentence: "Its node does not answer.", isUnsure: true });
  const { id } = await runOf(cut);
  const input = { clusterId: target.clusterId, runId: id, remark: "The table is there." };
  expect((await closeUnknown(target, input, TESTER)).closed).toMatchObject({ by: "test", remark: input.remark });
  await expect(closeUnknown(target, input, TESTER)).rejects.toMatchObject({ code: "conflict" });
  const other = { ...target, clusterId: clusterIdSchema.parse("other") };
  await expect(closeUnknown(other, input, TESTER)).rejects.toMatchObject({ code: "not_found" });
  expect((await audit()).at(-1)).toMatchObject({ kind: "closed", body: { remark: input.remark } });
});

test("what is over and known is not closed", async () => {
  const { id } = await runOf(async () => ({}));
  const input = { clusterId: target.clusterId, runId: id, remark: "Why not." };
  await expect(closeUnknown(target, input, TESTER)).rejects.toMatchObject({ code: "conflict" });
});
