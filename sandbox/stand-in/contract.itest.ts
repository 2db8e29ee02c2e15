import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { connectSandbox } from "../connect.ts";
import { callFor, expectedMessages, shape, withoutNumbersOfOneCluster } from "./contract/alike.ts";
import { CASES_LEFT_OUT, FUNCTIONS_LEFT_OUT, RELATIONS_LEFT_OUT, reasonFor } from "./contract/left-out.ts";
import { colocatedWith, planInput, RECORDED_PORTS } from "./contract/recorded-cluster.ts";
import { cases, catalog, plans, type RecordedFunction } from "./contract/recordings.ts";
import { say } from "./contract/say.ts";

const sandbox = connectSandbox(inject("sandboxState"));

/** Compares the stand-in with what a real Citus 13.2.2 answered. On the real engine there is nothing to compare. */
describe.runIf(sandbox.engine === "stand-in")("the stand-in keeps to the recordings of Citus 13.2.2", () => {
  beforeAll(async () => {
    await sandbox.reset();
    await sandbox.query("create table uniq_other (id int primary key, tenant int)");
    await sandbox.query("create table audit_local (id int)");
  });
  afterAll(() => sandbox.reset());

  describe("catalog", () => {
    test("every function has the recorded kind, arguments, result and public grant, or stands on the list", async () => {
      const present = new Set((await functionsOf()).map(signature));
      const absent = catalog.functions.filter((recorded) => !present.has(signature(recorded)));
      const unexplained = absent.filter(({ name }) => reasonFor(FUNCTIONS_LEFT_OUT, name) === undefined);
      tell(
        "functions left out",
        absent.map(({ name }) => [name, reasonFor(FUNCTIONS_LEFT_OUT, name)]),
      );
      expect(unexplained.map(signature)).toEqual([]);
    });

    test("no function of Citus is invented, and none is listed as left out while it is there", async () => {
      const recorded = new Set(catalog.functions.map(signature));
      const present = await functionsOf();
      expect(present.map(signature).filter((text) => !recorded.has(text))).toEqual([]);
      expect(present.filter(({ name }) => reasonFor(FUNCTIONS_LEFT_OUT, name) !== undefined)).toEqual([]);
    });

    test("every relation has the recorded columns and types in the recorded order, or stands on the list", async () => {
      const absent: string[] = [];
      for (const [relation, columns] of Object.entries(catalog.relations)) {
        const found = await columnsOf(relation);
        if (found.length === 0) absent.push(relation);
        else expect({ relation, columns: found }).toEqual({ relation, columns });
      }
      tell(
        "relations left out",
        absent.map((name) => [name, reasonFor(RELATIONS_LEFT_OUT, name)]),
      );
      expect(absent.filter((name) => reasonFor(RELATIONS_LEFT_OUT, name) === undefined)).toEqual([]);
    });

    test("pg_settings lists every setting with its type, unit, context, range and default", async () => {
      const listed = await sandbox.query(
        `select name, vartype as type, unit, context, min_val as min, max_val as max, enumvals as values, boot_val as default
           from pg_catalog.pg_settings where name like 'citus.%' order by name`,
      );
      expect(listed).toEqual(catalog.settings.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    });
  });

  describe("calls that fail or surprise", () => {
    for (const recorded of cases) {
      const leftOut = CASES_LEFT_OUT[recorded.case];
      test.skipIf(leftOut !== undefined)(`${recorded.case}${leftOut ? ` (left out: ${leftOut})` : ""}`, async () => {
        const { url, sql } = await callFor(sandbox, recorded);
        const said = await say(url, sql);
        expect(withoutNumbersOfOneCluster(said.messages)).toBe(expectedMessages(sandbox, recorded));
        expect(said.ok).toBe(recorded.ok);
        if (said.result !== null) expect(shape(said.result)).toBe(shape(recorded.result));
      });
    }
  });

  describe("plans", () => {
    test("by shard count, every recorded move in the recorded order", async () => {
      expect(await plan("count", 0, 0)).toEqual(movesOf("by_shard_count"));
    });

    test("by disk size, of one table, every recorded move in the recorded order", async () => {
      expect(await plan("size", 0.1, 0.5, "events")).toEqual(movesOf("one_table"));
    });

    test("by disk size, the recorded moves, in the recorded order from each worker", async () => {
      // Which of two nearly equal workers gives first depends on 16 shard groups whose sizes nobody wrote down.
      const planned = await plan("size", 0.1, 0.5);
      for (const port of RECORDED_PORTS.values()) {
        const fromHere = (moves: readonly Move[]) => moves.filter(({ sourceport }) => sourceport === port);
        expect(fromHere(planned)).toEqual(fromHere(movesOf("default")));
      }
    });
  });
});

type Move = { table_name: string; shardid: number; sourceport: number | undefined; targetport: number | undefined };

function movesOf(name: keyof typeof plans): Move[] {
  return plans[name].map(({ table_name, shardid, sourceport, targetport }) => ({
    table_name,
    shardid,
    sourceport,
    targetport,
  }));
}

async function plan(by: "size" | "count", threshold: number, improvement: number, table?: string): Promise<Move[]> {
  const { nodes, shards } = planInput(by, table);
  const rows = await sandbox.query<{ shardid: string; source: number; target: number }>(
    `select shardid, source, target
       from citus_internal.plan_moves(${nodes}, ${shards}, '{}', $1, $2, 1000000, false) order by ord`,
    [threshold, improvement],
  );
  return rows.flatMap(({ shardid, source, target }) =>
    colocatedWith(Number(shardid)).map((shard) => ({
      ...shard,
      sourceport: RECORDED_PORTS.get(source),
      targetport: RECORDED_PORTS.get(target),
    })),
  );
}

function functionsOf(): Promise<RecordedFunction[]> {
  return sandbox.query<RecordedFunction>(
    `select p.prokind::text as kind, p.proname::text as name, pg_catalog.pg_get_function_arguments(p.oid) as arguments,
            pg_catalog.pg_get_function_result(p.oid) as returns,
            pg_catalog.has_function_privilege('public', p.oid, 'execute') as public_execute
       from pg_catalog.pg_depend d join pg_catalog.pg_proc p on p.oid = d.objid
       join pg_catalog.pg_extension e on e.oid = d.refobjid and e.extname = 'citus'
      where d.classid = 'pg_catalog.pg_proc'::regclass and d.deptype = 'e'
        and p.pronamespace = 'pg_catalog'::regnamespace`,
  );
}

function signature({ kind, name, arguments: list, returns, public_execute }: RecordedFunction): string {
  return `${kind} ${name}(${list}) returns ${returns}${public_execute ? ", public" : ""}`;
}

function columnsOf(relation: string): Promise<{ name: string; type: string }[]> {
  return sandbox.query(
    `select a.attname::text as name, pg_catalog.format_type(a.atttypid, a.atttypmod) as type
       from pg_catalog.pg_attribute a
      where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [relation],
  );
}

function tell(title: string, rows: readonly (readonly [string, string | undefined])[]): void {
  const byReason = Map.groupBy(rows, ([, reason]) => reason ?? "NO REASON GIVEN");
  const lines = [...byReason].map(([reason, names]) => `  ${reason}: ${names.map(([name]) => name).join(", ")}`);
  process.stdout.write(`${title} (${rows.length})\n${lines.join("\n")}\n`);
}
