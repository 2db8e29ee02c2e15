import { inspect } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { inputsFor, nastyText } from "@/lib/testing/arbitrary";
import type { Actor } from "@/server/auth/actor";
import { testCluster } from "@/server/testing/cluster";
import { TESTER } from "@/server/testing/do-change";
import { type Action, type Endpoints, type Handler, openEndpoints } from "@/server/testing/endpoints";
import { recordInOwnFolder } from "@/server/testing/record-folder";

const { threeLogins } = testCluster();
/** No address may be tried: a preview of adding a node would otherwise knock at whatever the inputs name. */
const target = { ...threeLogins, allowedNodeHosts: [] };
/** Inputs for each endpoint; FUZZ_INPUTS asks for more. */
const INPUTS = Number(process.env.FUZZ_INPUTS ?? 300);
const PATIENCE_MS = 120_000 + INPUTS * 400;
const AT_ONCE = 8;
/** What only a stack, a path or a driver's object would bring into an answer. */
const LEAKS = /\bat (?:async )?[\w.<>]+ \(|node_modules|\.tsx?:\d+|\/server\/\w|ECONN\w+ \d|\[object Object\]/;

/** Refusals leave a line each, which is tested elsewhere; an unexpected failure is shown with the input that caused it. */
const unexpected: unknown[] = [];
vi.mock("@/server/log", () => {
  const quiet = () => undefined;
  return { log: { debug: quiet, info: quiet, warn: quiet, error: (...words: unknown[]) => unexpected.push(words) } };
});

let endpoints: Endpoints;
recordInOwnFolder();
vi.stubEnv("REQUESTS_PER_SECOND", "1000000");

beforeAll(async () => {
  endpoints = await openEndpoints([target]);
});
afterAll(async () => {
  const { stopCollectors } = await import("@/server/live/collector");
  const { closePools } = await import("@/server/pg/pools");
  await stopCollectors();
  await closePools();
});

async function each<T>(inputs: readonly T[], ask: (input: T) => Promise<void>): Promise<void> {
  const left = [...inputs];
  const worker = async () => {
    for (let input = left.pop(); input !== undefined; input = left.pop()) await ask(input);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function fuzzAction({ name, input, call }: Action, who: Actor): Promise<Set<string>> {
  const codes = new Set<string>();
  // Each of these goes to the cluster: a sixth of them is enough to be sure, and quick.
  const known = fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true));
  const inputs = fc.sample(fc.tuple(inputsFor(input), known), { numRuns: INPUTS, seed: 41 });
  await each(inputs, async ([made, isOurs]) => {
    const isObject = typeof made === "object" && made !== null && !Array.isArray(made);
    const raw = isObject && isOurs ? { ...made, clusterId: target.clusterId } : made;
    const answer = await call(who, raw);
    const text = JSON.stringify(answer) ?? "";
    codes.add(answer.ok ? "ok" : answer.problem.code);
    if (!answer.ok && answer.problem.code === "internal")
      throw new Error(`${name} of ${show(raw)}: ${inspect(unexpected.at(-1))}`);
    expect(text, `${name} of ${show(raw)}`).not.toMatch(LEAKS);
  });
  return codes;
}

const show = (value: unknown) => inspect(value, { depth: 4 }).slice(0, 400);

async function fuzzHandler({ path, params, get }: Handler, who: Actor): Promise<Set<number>> {
  const statuses = new Set<number>();
  const header = fc.constantFrom("if-none-match", "accept", "cookie", "x-forwarded-for", "last-event-id", "range");
  const headerText = nastyText.map((text) =>
    text
      .replace(/[^\x20-\x7e]/g, "?")
      .slice(0, 200)
      .trim(),
  );
  const one = fc.record({
    values: fc.tuple(
      ...params.map((name) =>
        name === "clusterId" ? fc.oneof(fc.constant<string>(target.clusterId), nastyText) : nastyText,
      ),
    ),
    search: fc.dictionary(
      fc.oneof(
        fc.constantFrom("before", "kind", "from", "until", "person", "format", "code", "state", "next"),
        nastyText,
      ),
      nastyText,
      { maxKeys: 3 },
    ),
    headers: fc.dictionary(header, headerText, { maxKeys: 2 }),
  });
  await each(fc.sample(one, { numRuns: INPUTS, seed: 43 }), async ({ values, search, headers }) => {
    const leaving = new AbortController();
    const named = Object.fromEntries(params.map((name, index) => [name, values[index] ?? ""]));
    const query = new URLSearchParams(Object.entries(search).map(([key, value]) => [key, value])).toString();
    const response = await get(who, named, { search: `?${query}`, headers, signal: leaving.signal });
    statuses.add(response.status);
    const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
    leaving.abort();
    const text = isStream ? "" : await response.text();
    if (isStream) await response.body?.cancel().catch(() => undefined);
    // 503 is an answer of readiness; 500 is ours alone.
    expect(response.status, `${path} ${show(named)} ${query}: ${text}`).not.toBe(500);
    if (!response.ok) expect(text, path).not.toMatch(LEAKS);
  });
  return statuses;
}

describe("F29: hostile and garbage input", () => {
  test(
    "every action answers it with data or a problem that has a code, and never fails by itself",
    async () => {
      const heard = new Set<string>();
      for (const action of endpoints.actions) for (const code of await fuzzAction(action, TESTER)) heard.add(code);
      expect(endpoints.actions.length).toBeGreaterThan(25);
      // It went past the door: to the schemas, to the cluster, and through both.
      for (const code of ["bad_input", "not_found", "ok"]) expect(heard).toContain(code);
    },
    PATIENCE_MS,
  );

  test(
    "every address that is read answers it with a status of its own, never 500",
    async () => {
      const heard = new Set<number>();
      for (const handler of endpoints.handlers)
        for (const status of await fuzzHandler(handler, TESTER)) heard.add(status);
      for (const status of [200, 400, 404]) expect(heard).toContain(status);
    },
    PATIENCE_MS,
  );

  test("nobody who is not signed in gets past it either", async () => {
    for (const { name, made, input, call } of endpoints.actions.filter((one) => one.made !== "openAction"))
      for (const raw of fc.sample(inputsFor(input), { numRuns: 10, seed: 47 }))
        expect(await call(null, raw), `${name} (${made})`).toMatchObject({
          ok: false,
          problem: { code: "not_signed_in" },
        });
  });

  test("none of it did anything: no operation began and no intent is on record", async () => {
    const { state } = await import("@/server/store/state");
    const count = z.object({ n: z.coerce.number() });
    const database = await state();
    expect(await database.all({ text: "select count(*) as n from runs", row: count })).toEqual([{ n: 0 }]);
    expect(await database.all({ text: "select count(*) as n from audit where kind = 'intent'", row: count })).toEqual([
      { n: 0 },
    ]);
  });

  test("no input left anything on the prototype of all objects", () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });
});
