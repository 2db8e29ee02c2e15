import type pg from "pg";
import { default as driver } from "pg";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import type { Target } from "@/server/clusters";
import { askAll, readAll } from "@/server/testing/ask-all";
import { testCluster } from "@/server/testing/cluster";
import { type Endpoints, openEndpoints } from "@/server/testing/endpoints";
import { recordInOwnFolder } from "@/server/testing/record-folder";

const { sandbox, threeLogins } = testCluster();
const direct: Target = { ...threeLogins, clusterId: "direct" as Target["clusterId"], allowedNodeHosts: [] };
const roundabout: Target = {
  ...direct,
  clusterId: "roundabout" as Target["clusterId"],
  addresses: new Map(
    Object.values(sandbox.nodes).map(({ host, port }) => [`${host}:${port}`, { host: "127.0.0.1", port: 9 }]),
  ),
};

/** Said by every object below when it is used in the place of the catalog's own. */
const CANARY = "t16canarysprang";
const NODES = ["coordinator", "worker1", "worker2", "worker3"] as const;

let endpoints: Endpoints;
recordInOwnFolder();
vi.stubEnv("REQUESTS_PER_SECOND", "1000000");
vi.mock("@/server/log", () => {
  const quiet = () => undefined;
  return { log: { debug: quiet, info: quiet, warn: quiet, error: quiet } };
});

beforeAll(async () => {
  endpoints = await openEndpoints([direct, roundabout]);
});
afterAll(async () => {
  const { stopCollectors } = await import("@/server/live/collector");
  const { closePools } = await import("@/server/pg/pools");
  await stopCollectors();
  await closePools();
});

/** Functions that fit the console's calls as well as the catalog's own or better, and raise when they are called. */
const TRAPS = [
  "now() returns timestamptz",
  "clock_timestamp() returns timestamptz",
  "citus_version() returns text",
  "current_setting(text) returns text",
  "pg_has_role(name, text, text) returns boolean",
  "to_jsonb(pg_catalog.pg_locks) returns jsonb",
  "to_jsonb(pg_catalog.pg_replication_slots) returns jsonb",
  "json_build_object(text, integer) returns json",
  "left(text, integer) returns text",
  "octet_length(text) returns integer",
  "round(double precision) returns double precision",
  "host(inet) returns text",
  "pg_blocking_pids(integer) returns integer[]",
  "pg_total_relation_size(oid) returns bigint",
  "pg_total_relation_size(pg_catalog.regclass) returns bigint",
  "format(text, name, name) returns text",
  "quote_ident(name) returns text",
  "count() returns bigint",
  "lower(name) returns text",
];
const OPERATORS = [
  ["=", "name", "text"],
  ["=", "oid", "bigint"],
  ["||", "text", "integer"],
  [">=", "integer", "bigint"],
] as const;

/** Made in one transaction per node, without passing it on: a node that was taken over has them by itself. */
function trapsSql(schema: string): string {
  const raises = `language plpgsql as $$ begin raise exception '${CANARY}'; end $$`;
  const functions = TRAPS.map((signature) => `create or replace function ${schema}.${signature} ${raises}`);
  const operators = OPERATORS.flatMap(([sign, left, right], index) => [
    `create or replace function ${schema}.trap${index}(${left}, ${right}) returns boolean ${raises}`,
    `create operator ${schema}.${sign} (leftarg = ${left}, rightarg = ${right}, function = ${schema}.trap${index})`,
  ]);
  const views = VIEWS.map(
    (view) =>
      `create or replace view ${schema}.${view} as select 1 / (select count(*)::int - 1 from pg_catalog.pg_database limit 1) as nodeid, '${CANARY}'::text as answer`,
  );
  return [
    `set search_path = pg_catalog`,
    `set citus.enable_ddl_propagation = off`,
    ...functions,
    ...operators,
    ...views,
  ].join(";\n");
}

const VIEWS = ["pg_dist_node", "pg_dist_partition", "pg_stat_activity", "citus_nodes"];

/** Takes all of it away again. */
function untrapSql(): string {
  const functions = `do $drop$ declare f record; begin
    for f in select p.oid::regprocedure as name from pg_catalog.pg_proc p
              where p.pronamespace = 'public'::regnamespace and p.prosrc like '%${CANARY}%'
    loop execute 'drop function ' || f.name; end loop; end $drop$`;
  return [
    "set citus.enable_ddl_propagation = off",
    ...OPERATORS.map(([sign, left, right]) => `drop operator public.${sign} (${left}, ${right})`),
    ...VIEWS.map((view) => `drop view public.${view}`),
    functions,
  ].join(";\n");
}

async function onEveryNode(sql: string): Promise<void> {
  for (const node of NODES) {
    const client = new driver.Client({ connectionString: sandbox.url("owner", node) });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }
}

test("T16: functions, operators and views that somebody put in the way are used by no read and no plan", async () => {
  await onEveryNode(trapsSql("public"));
  try {
    for (const target of [direct, roundabout]) {
      const answers = `${await readAll(endpoints, target)}\n${await askAll(endpoints, sandbox, target, 2)}`;
      expect(answers).toContain('"ok":true');
      expect(answers.includes(CANARY) ? around(answers, CANARY) : "").toBe("");
    }
  } finally {
    await onEveryNode(untrapSql());
  }
}, 120_000);

test("T16: the traps do spring for whoever does not say which catalog is meant", async () => {
  await onEveryNode(trapsSql("public"));
  const client = new driver.Client({
    connectionString: sandbox.url("owner"),
    options: "-c search_path=public,pg_catalog",
  });
  await client.connect();
  const sprung = await client.query("select now()").then(
    () => "",
    (cause: Error) => cause.message,
  );
  await client.end();
  await onEveryNode(untrapSql());
  expect(sprung).toBe(CANARY);
});

const around = (text: string, word: string) =>
  text.slice(Math.max(0, text.indexOf(word) - 300), text.indexOf(word) + 100);

const waiting = z.object({ waited_ms: z.coerce.number(), application: z.string() });

test("T29: while DDL holds a table and Citus' own catalog, no read of ours waits for more than half a second", async () => {
  const holder: pg.Client = new driver.Client({ connectionString: sandbox.url("owner") });
  const watcher: pg.Client = new driver.Client({ connectionString: sandbox.url("owner"), application_name: "watcher" });
  await Promise.all([holder.connect(), watcher.connect()]);
  try {
    await holder.query(
      "begin; lock table only public.orders in access exclusive mode; lock table pg_catalog.pg_dist_placement in access exclusive mode",
    );
    let isOver = false;
    const reading = readAll(endpoints, direct).then(() => (isOver = true));
    const seen: z.infer<typeof waiting>[] = [];
    const until = Date.now() + 8_000;
    while (!isOver && Date.now() < until) {
      const { rows } = await watcher.query(
        `select extract(epoch from clock_timestamp() - l.waitstart) * 1000 as waited_ms, a.application_name as application
           from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.application_name like 'shardboard:%:read'`,
      );
      seen.push(...z.array(waiting).parse(rows));
    }
    await holder.query("rollback");
    await reading;
    expect(seen.length).toBeGreaterThan(0);
    expect(Math.max(...seen.map((one) => one.waited_ms))).toBeLessThan(700);
    const { rows } = await watcher.query(
      "select 1 from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.application_name like 'shardboard:%'",
    );
    expect(rows).toEqual([]);
  } finally {
    await Promise.all([holder.end(), watcher.end()]);
  }
}, 60_000);
