import { describe, expect, test } from "vitest";
import { anActivity, aSession, aWait } from "@/lib/testing/activity";
import { flightOf, recordedSteps } from "@/lib/testing/flights";
import { nodeIdSchema } from "./node";
import { redactActivity, redactFlight, redactPlan, redactTask } from "./redact";
import { HIDDEN_WORDS, redactProblem, redactTail, redactWords } from "./redact-words";

describe("T26: servers' words for somebody who may not read literals", () => {
  test.each([
    ["ERROR:  duplicate key value violates unique constraint\nDETAIL:  Key (email)=(ada@example.com) already exists."],
    ['invalid input syntax for type integer: "secret"'],
    ["Failing row contains (1, secret)."],
    ["customer secret is bankrupt"],
    ["connection to the remote node failed: password 'secret' wrong\nsecret"],
  ])("%j is hidden", (words) => {
    expect(redactWords(words)).toBe(HIDDEN_WORDS);
  });

  test.each([
    ["canceling statement due to statement timeout"],
    ['could not extend file "base/5/2619": No space left on device'],
    [
      "connection to the remote node dba@10.0.0.3:5432 failed with the following error: server closed the connection unexpectedly",
    ],
    ["Moving shard 102008 from 10.0.0.3:5432 to 10.0.0.4:5432 ..."],
  ])("%j quotes nothing and stays", (words) => {
    expect(redactWords(words)).toBe(words);
  });

  test("a failure keeps its code, its SQLSTATE and what the console itself says of it", () => {
    const told = {
      code: "pg_refused",
      detail: "Key (a)=(secret)",
      serverDetail: "secret",
      serverHint: "secret",
      sqlState: "23505",
      traceId: "t",
    } as const;
    expect(redactProblem(told)).toEqual({ code: "pg_refused", detail: HIDDEN_WORDS, sqlState: "23505", traceId: "t" });
    const missing = {
      code: "pg_permission",
      detail: "permission denied for table orders",
      sqlState: "42501",
      traceId: "t",
    } as const;
    expect(redactProblem(missing)).toEqual(missing);
    const own = { code: "not_found", detail: "Shard 7 went away.", traceId: "t" } as const;
    expect(redactProblem(own)).toEqual(own);
    expect(redactTail("Whether it took effect is not known: secret")).toBe(
      `Whether it took effect is not known. ${HIDDEN_WORDS}`,
    );
  });
});

describe("T26: what a viewer is sent", () => {
  const node = nodeIdSchema.parse(1);
  test("two prepared transactions stay two, Citus' own keep their names, and a wait leads to the right one", () => {
    const prepared = ["a secret", "citus_0_12_3_4", "another"].map((gid) => ({
      nodeId: node,
      gid,
      owner: "o",
      database: "d",
      seconds: 1,
    }));
    const waits = [aWait(2, 1, { blocker: { kind: "prepared", nodeId: node, gid: "another" } })];
    const seen = redactActivity(anActivity({ prepared, waits, sessions: [aSession({ query: "select 'secret'" })] }));
    expect(seen.prepared?.map(({ gid }) => gid)).toEqual(["name hidden (1)", "citus_0_12_3_4", "name hidden (2)"]);
    expect(seen.waits[0]?.blocker).toMatchObject({ gid: "name hidden (2)" });
    expect(seen.sessions[0]?.query).toBe("select ?");
  });

  test("a task's move stays as it is, anything else it runs becomes a shape", () => {
    const task = {
      taskId: 1,
      status: "runnable",
      pid: null,
      move: null,
      retryCount: 1,
      notBefore: null,
      message: "secret",
      dependsOn: [],
      blockedBy: null,
    } as const;
    const move = "SELECT pg_catalog.citus_move_shard_placement(102029,2,7,'auto')";
    expect(redactTask({ ...task, dependsOn: [], blockedBy: null, command: move })).toMatchObject({
      command: move,
      message: HIDDEN_WORDS,
    });
    expect(redactTask({ ...task, dependsOn: [], blockedBy: null, command: "select 'secret'" }).command).toBe(
      "select ?",
    );
  });

  test("of a plan only what quotes somebody's statement changes", () => {
    const notes = [
      { tone: "info", text: "1: ada, active.", detail: "It runs: select 'secret'", quotesSql: true },
    ] as const;
    const plan = {
      steps: [{ title: "End", sql: ["select pg_terminate_backend(7);"] }],
      notes,
    } as unknown as Parameters<typeof redactPlan>[0];
    const seen = redactPlan(plan);
    expect(seen.notes[0]?.detail).toBe("It runs: select ?");
    expect(seen.steps).toEqual(plan.steps);
  });
});

test("the record of a run keeps which shard went where, and no words that may quote", () => {
  const flight = flightOf(recordedSteps());
  const [first, ...rest] = flight.samples;
  if (!first) throw new Error("the record is empty");
  const message = "ERROR:  duplicate key\nDETAIL:  Key (email)=(canary) already exists.";
  const seen = redactFlight({
    ...flight,
    job: { ...flight.job, failure: message },
    samples: [{ ...first, message }, ...rest],
  });
  expect(JSON.stringify(seen)).not.toContain("canary");
  expect(seen.tasks).toEqual(flight.tasks.map((task) => ({ ...task, command: expect.any(String) })));
  expect(seen.tasks.at(-1)?.command).toBe(flight.tasks.at(-1)?.command);
});
