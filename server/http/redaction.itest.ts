import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { TOPICS, type TopicName } from "@/lib/domain/live";
import type { Role } from "@/lib/domain/permission";
import { arbitraryFor } from "@/lib/testing/arbitrary";
import type { Actor } from "@/server/auth/actor";
import { call, change } from "@/server/changes/define";
import { testCluster } from "@/server/testing/cluster";
import { doChange, TESTER } from "@/server/testing/do-change";
import { type Endpoints, openEndpoints } from "@/server/testing/endpoints";
import { recordInOwnFolder } from "@/server/testing/record-folder";

/** Stands in every place where a person's data could be quoted, and in no name. */
const CANARY = "canary7b51literal";

const { sandbox, threeLogins: target } = testCluster();
const actor = (role: Role): Actor => ({ ...TESTER, id: `local:${role}`, name: role, roles: new Map([["*", role]]) });
const viewer = actor("viewer");
const operator = actor("operator");

let endpoints: Endpoints;
const open: pg.Client[] = [];
let jobId = 0;
let sessions: string[] = [];

recordInOwnFolder();
vi.stubEnv("REQUESTS_PER_SECOND", "100000");

async function session(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: sandbox.url("owner"), application_name: "canary session" });
  client.on("error", () => {});
  await client.connect();
  open.push(client);
  return client;
}

const answerOf = async (
  who: Actor,
  topic: TopicName,
): Promise<{ text: string; data: unknown; etag: string | null }> => {
  const live = endpoints.handlers.find(({ params }) => params.includes("topic"));
  const response = await live?.get(who, { clusterId: target.clusterId, topic });
  const text = (await response?.text()) ?? "";
  return { text, data: JSON.parse(text).data, etag: response?.headers.get("etag") ?? null };
};

beforeAll(async () => {
  endpoints = await openEndpoints([target]);
  const [running, holder, waiter, prepared] = await Promise.all([session(), session(), session(), session()]);
  const quiet = (query: Promise<unknown>) => query.catch(() => undefined);
  void quiet(running.query(`select pg_sleep(120), '${CANARY}' /* ${CANARY} */ from vouchers where code = 'SAVE1'`));
  await holder.query("begin");
  await holder.query(`update vouchers set worth = worth where code = 'SAVE1' and '${CANARY}' <> ''`);
  void quiet(waiter.query(`update vouchers set worth = worth where code = 'SAVE1' and $$${CANARY}$$ <> ''`));
  await prepared.query("begin");
  await prepared.query("create table canary_prepared (a int)");
  await prepared.query(`prepare transaction '${CANARY}'`);
  const [job] = await sandbox.query<{ job_id: string }>(
    "insert into pg_catalog.pg_dist_background_job (state, job_type, description, started_at, finished_at) " +
      `values ('failed', 'rebalance', 'for ${CANARY}', now(), now()) returning job_id`,
  );
  jobId = Number(job?.job_id);
  await sandbox.query(
    "insert into pg_catalog.pg_dist_background_task (job_id, owner, status, command, message) values " +
      `($1, 'dba'::regrole, 'error', $2, $3)`,
    [jobId, `select '${CANARY}'`, `ERROR: duplicate key\nDETAIL:  Key (email)=(${CANARY}) already exists.`],
  );
  const failing = change({
    name: "canary.fail",
    permission: "shard:move",
    input: z.object({ clusterId: clusterIdSchema }),
    doing: () => "failing",
    before: z.null(),
    prepare: async () => ({
      subject: "nothing",
      steps: [{ title: "Fails", calls: [call(failingStatement, undefined)] }],
      notes: [],
      claims: [],
      before: null,
      refresh: [],
    }),
    effect: async () => ({ seen: false, sentence: `Whether it took effect is not known: ${CANARY}` }),
  });
  await doChange(failing, target, { clusterId: target.clusterId });
});

const failingStatement = {
  name: "canary.fail",
  access: "ops",
  fanOut: "none",
  text: "select $1::int",
  values: () => [CANARY],
  row: z.unknown(),
} as unknown as Parameters<typeof call<undefined, unknown>>[0];

afterAll(async () => {
  const { stopCollectors } = await import("@/server/live/collector");
  const { closePools } = await import("@/server/pg/pools");
  await stopCollectors();
  await Promise.allSettled(open.map((client) => client.end()));
  await sandbox.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'canary session'",
  );
  await sandbox.query(`rollback prepared '${CANARY}'`);
  await sandbox.query("delete from pg_catalog.pg_dist_background_task where job_id = $1", [jobId]);
  await sandbox.query("delete from pg_catalog.pg_dist_background_job where job_id = $1", [jobId]);
  await closePools();
});

async function until<T>(look: () => Promise<T>, holds: (seen: T) => boolean): Promise<T> {
  for (const started = Date.now(); ; ) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (Date.now() - started > 15_000) throw new Error(`not seen: ${JSON.stringify(seen).slice(0, 2_000)}`);
  }
}

describe("T26: literals are for operators", () => {
  test("an operator sees them where they belong: in sessions, prepared transactions, tasks and operations", async () => {
    const { data } = await until(
      () => answerOf(operator, "activity"),
      ({ text }) => (text.match(new RegExp(CANARY, "g")) ?? []).length >= 4 && text.includes('"waits":[{'),
    );
    const activity = data as { sessions: { globalPid: string; application: string | null }[] };
    sessions = activity.sessions.filter((one) => one.application === "canary session").map((one) => one.globalPid);
    expect(sessions.length).toBeGreaterThanOrEqual(3);
    for (const topic of ["jobs", "runs"] as const)
      expect(
        (
          await until(
            () => answerOf(operator, topic),
            ({ text }) => text.includes(CANARY),
          )
        ).text,
      ).toContain(CANARY);
  });

  test.each(TOPICS)(
    "a viewer reads topic %s without a literal, and as another version than the operator",
    async (topic) => {
      const [all, seen] = [await answerOf(operator, topic), await answerOf(viewer, topic)];
      expect(seen.text).not.toContain(CANARY);
      if (["activity", "jobs", "runs"].includes(topic)) {
        expect(seen.etag).not.toBe(all.etag);
        expect(seen.text).toContain("Your role is viewer");
      }
    },
  );

  test("what is left is still of use: who waits for whom, the shape of statements, and that an operation failed", async () => {
    const { data } = await answerOf(viewer, "activity");
    const activity = data as { sessions: { query: string }[]; waits: unknown[]; prepared: { gid: string }[] };
    expect(activity.sessions.map(({ query }) => query)).toContain(
      "update vouchers set worth = worth where code = ? and ? <> ?",
    );
    expect(activity.waits.length).toBeGreaterThan(0);
    expect(activity.prepared.map(({ gid }) => gid)).toContain("name hidden (1)");
    const runs = (await answerOf(viewer, "runs")).data as { runs: { state: string; problem: { sqlState: string } }[] };
    expect(runs.runs[0]).toMatchObject({ state: "failed", problem: { code: "pg_refused", sqlState: "22P02" } });
  });

  test("a version that an operator has is never answered to a viewer as unchanged", async () => {
    const live = endpoints.handlers.find(({ params }) => params.includes("topic"));
    const { etag } = await answerOf(operator, "jobs");
    const headers = { "if-none-match": etag ?? "" };
    const response = await live?.get(viewer, { clusterId: target.clusterId, topic: "jobs" }, { headers });
    expect(response?.status).toBe(200);
    const look = endpoints.handlers.find(({ path }) => path.endsWith("/live"));
    const told = await look?.get(viewer, { clusterId: target.clusterId }, { search: "?topics=nodes,jobs" });
    const seen = (await told?.json()) as { topics: { topic: string; version: string }[] } | undefined;
    expect(seen?.topics.map(({ topic, version }) => [topic, version.endsWith("-hidden")])).toEqual([
      ["nodes", false],
      ["jobs", true],
    ]);
  });

  test("no question a viewer may ask, and no plan, is answered with a literal", async () => {
    const asked = endpoints.actions.filter(({ made }) => made === "askAction" || made === "previewAction");
    const answered = new Set<string>();
    for (const { name, input, call: ask } of asked) {
      const made = fc.sample(arbitraryFor(input), { numRuns: 4, seed: 7 }) as object[];
      const known = { clusterId: target.clusterId, jobId, globalPids: sessions };
      for (const one of [...made, ...made.map((each) => withKnown(each, known))]) {
        const answer = await ask(viewer, one);
        if (answer.ok) answered.add(name);
        expect(JSON.stringify(answer), name).not.toContain(CANARY);
      }
    }
    // Questions that are only ever refused would prove nothing.
    expect([...answered].toSorted()).toEqual(
      expect.arrayContaining(["askJobTasks", "askRebalancePlans", "previewCancelSessions", "previewTerminateSessions"]),
    );
  });

  test("the same plan quotes the statement to an operator, and only its shape to a viewer", async () => {
    const preview = endpoints.actions.find(({ name }) => name === "previewTerminateSessions");
    const ask = async (who: Actor) =>
      JSON.stringify(await preview?.call(who, { clusterId: target.clusterId, globalPids: sessions }));
    expect(await ask(operator)).toContain(CANARY);
    const seen = await ask(viewer);
    expect(seen).toContain("update vouchers set worth = worth where code = ?");
    expect(seen).not.toContain(CANARY);
  });

  test("Read now shows a viewer no more than the live list", async () => {
    const readNow = endpoints.actions.find(({ name }) => name === "readActivityNow");
    expect(await readNow?.call(viewer, { clusterId: target.clusterId })).toMatchObject({ ok: true });
    const seen = await answerOf(viewer, "activity");
    expect(seen.text).toContain('"readBy":"views"');
    expect(seen.text).not.toContain(CANARY);
  });

  test("no other address answers a viewer with a literal, the event stream included", async () => {
    const { runs } = (await answerOf(operator, "runs")).data as { runs: { id: string }[] };
    const known: Record<string, string> = { clusterId: target.clusterId, runId: runs[0]?.id ?? "" };
    const answers = new Map<string, string>();
    for (const { path, params, get } of endpoints.handlers.filter((one) => !one.params.includes("topic")))
      for (const search of ["", `?before=${Date.now() + 60_000}`]) {
        const leaving = new AbortController();
        const values = Object.fromEntries(params.map((name) => [name, known[name] ?? "x"]));
        const response = await get(viewer, values, { signal: leaving.signal, search });
        setTimeout(() => leaving.abort(), 1_500);
        const text = await response.text().catch(() => "");
        expect(text, path).not.toContain(CANARY);
        answers.set(`${path}${search.slice(0, 7)}`, text);
      }
    // The operation itself was among them, and the list of older ones.
    expect(answers.get("/api/clusters/[clusterId]/runs/[runId]")).toContain('"canary.fail"');
    expect(answers.get("/api/clusters/[clusterId]/runs?before")).toContain('"canary.fail"');
  });

  test("reading literals is on record: once for person and cluster, however often they are polled, and never for a viewer", async () => {
    const { state } = await import("@/server/store/state");
    const records = await (await state()).all<{ actor_id: string }>({
      text: "select actor_id from audit where kind = 'raw-read'",
      row: z.object({ actor_id: z.string() }),
    });
    expect(records).toEqual([{ actor_id: "local:operator" }]);
  });
});

/** The same input, with what is known of this cluster in the fields that take it. */
function withKnown(input: object, known: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, name in known ? known[name] : value]));
}
