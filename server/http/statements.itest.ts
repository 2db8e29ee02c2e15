import pg from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Target } from "@/server/clusters";
import { askAll, readAll } from "@/server/testing/ask-all";
import { testCluster } from "@/server/testing/cluster";
import { type Endpoints, openEndpoints } from "@/server/testing/endpoints";
import { recordInOwnFolder } from "@/server/testing/record-folder";
import { type LoggedStatement, logStatements } from "@/server/testing/statement-log";

const { sandbox, threeLogins } = testCluster();
const direct: Target = { ...threeLogins, clusterId: "direct" as Target["clusterId"], allowedNodeHosts: [] };
/** Where no worker can be reached from here, they are asked through the coordinator's run_command_on_all_nodes. */
const roundabout: Target = {
  ...direct,
  clusterId: "roundabout" as Target["clusterId"],
  addresses: new Map(
    Object.values(sandbox.nodes).map(({ host, port }) => [`${host}:${port}`, { host: "127.0.0.1", port: 9 }]),
  ),
};

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

/** What statements are made from: what a node can do, a name, a slice of shards. */
const KINDS = [
  { withDisk: true },
  { withDisk: false },
  { schema: "s", table: "t", column: "c" },
  { after: 0, limit: 1 },
];

/** Every statement text of the program, by name; those that are made from a name hold their frame. */
async function catalogue(): Promise<Map<string, string[]>> {
  const texts = new Map<string, string[]>();
  const note = (value: unknown) => {
    if (typeof value !== "object" || value === null || !("name" in value) || !("text" in value)) return;
    const name = String(value.name);
    texts.set(name, [...(texts.get(name) ?? []), String(value.text).trim()]);
  };
  for (const load of Object.values(import.meta.glob<Record<string, unknown>>(["../sql/*.ts", "!../sql/*.test.ts"]))) {
    for (const value of Object.values(await load())) {
      if (typeof value !== "function") note(value);
      // Made by what a node can do, or for a name: every kind of it.
      else
        for (const given of KINDS)
          try {
            note((value as (given: unknown) => unknown)(given));
          } catch {
            // takes something else
          }
    }
  }
  return texts;
}

const LABEL = /^\/\* shardboard:([\w.]+) \*\/ /;
/** What Citus sends beside the command itself, and what its own view citus_stat_activity (or the stand-in's) sends through the same function. */
const OF_CITUS =
  /^(?:BEGIN|COMMIT|ROLLBACK|SET |SELECT assign_distributed_transaction_id|SAVEPOINT|RELEASE|DISCARD)|csa_from_one_node|^select citus_internal\.local_activity/i;

describe("what reaches the servers", () => {
  test("T6: whatever is typed, no statement runs that is not written in this repository", async () => {
    const logging = await logStatements(sandbox);
    await readAll(endpoints, direct);
    const answers = await askAll(endpoints, sandbox, direct, 6);
    const logged = (await logging.stop()).filter(({ by }) => by.startsWith("shardboard:"));
    const known = await catalogue();
    expect(answers).toContain('"ok":true');
    const strangers = logged.filter(({ sql }) => !isOfCatalogue(sql, known));
    expect(strangers.slice(0, 3)).toEqual([]);
    expect(new Set(logged.map(({ sql }) => LABEL.exec(sql)?.[1])).size).toBeGreaterThan(25);
  }, 120_000);

  test("T7: through the coordinator nodes are sent the questions of this repository and nothing else", async () => {
    const logging = await logStatements(sandbox);
    await readAll(endpoints, roundabout);
    await askAll(endpoints, sandbox, roundabout, 2);
    const logged: LoggedStatement[] = (await logging.stop()).filter(({ by }) => by.startsWith("citus_run_command"));
    const known = new Set([...(await catalogue()).values()].flat().map(flat));
    const sent = new Set(logged.map(({ sql }) => flat(sql)).filter((sql) => !OF_CITUS.test(sql)));
    expect([...sent].filter((sql) => !known.has(sql))).toEqual([]);
    expect(sent.size).toBeGreaterThan(3);
  }, 120_000);

  test("T6: the read login cannot write, read-only or not", async () => {
    const client = new pg.Client({
      connectionString: sandbox.url("read"),
      options: "-c default_transaction_read_only=on",
    });
    await client.connect();
    try {
      const refusal = async (sql: string) =>
        client.query(sql).then(
          () => "done",
          (cause: { code: string }) => cause.code,
        );
      const writes = [
        "drop table public.orders",
        "create table public.mine (a int)",
        "update public.orders set total_cents = 0",
        "truncate public.vouchers",
      ];
      for (const sql of writes) expect(await refusal(sql), sql).toMatch(/^(25006|42501|42703)$/);
      await client.query("set default_transaction_read_only = off");
      for (const sql of [
        "drop table public.orders",
        "truncate public.vouchers",
        "create role mine",
        "create schema mine",
        "alter system set port = 1",
        "select citus_remove_node('x', 1)",
      ])
        expect(await refusal(sql), sql).toBe("42501");
    } finally {
      await client.end();
    }
  });
});

/** One line; where a slice of shards begins and how long it is may be any number, and nothing but a number. */
const flat = (sql: string) => sql.replace(/\s+/g, " ").replace(/'\d+'/g, "'0'").replace(/;$/, "").trim();

function isOfCatalogue(sql: string, known: ReadonlyMap<string, readonly string[]>): boolean {
  const name = LABEL.exec(sql)?.[1];
  const texts = name === undefined ? undefined : known.get(name);
  if (!texts) return false;
  const sent = flat(sql.replace(LABEL, ""));
  // The one statement with names in it: its frame has to fit around quoted names.
  const frames = texts.map((text) =>
    flat(text)
      .replace(/[.*+?^${}()|[\]\\]/g, "\\$&")
      .replace(/"[stc]"/g, '"(?:[^"]|"")*"'),
  );
  return frames.some((frame) => new RegExp(`^${frame}$`).test(sent));
}
