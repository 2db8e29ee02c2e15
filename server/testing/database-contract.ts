import "server-only";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { appendInside } from "@/server/audit/append";
import { GENESIS } from "@/server/audit/chain";
import { type Database, storeStatement } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import type { StatePlace } from "./state-database";

const nothing = z.object({});
const number = z.object({ n: z.number() });
const put = storeStatement({ text: "insert into settings (name, value) values ($1, $2)", row: nothing });
const count = storeStatement({ text: "select count(*) as n from settings", row: number });
const bump = storeStatement({ text: "update settings set value = $1 where name = 'a'", row: nothing });
const value = storeStatement({
  text: "select value from settings where name = 'a'",
  row: z.object({ value: z.string() }),
});
const sums = storeStatement({
  text: `select sum(version) as s, max(version) as m, count(*) as c, avg(version) as a, 1 < 2 as t, null as empty
         from (select 9007199254740000 as version union all select 2) as x`,
  row: z.looseObject({ s: z.number(), m: z.number(), c: z.number(), t: z.number(), empty: z.null() }),
});
const records = storeStatement({
  text: "select seq, prev, hash from audit order by seq",
  row: z.object({ seq: z.number(), prev: z.string(), hash: z.string() }),
});

/** What every database of the state guarantees. Two consoles have it open, `one` and `other`. */
export function databaseContract(make: () => Promise<StatePlace>): void {
  let place: StatePlace;
  let one: Database;
  let other: Database;
  beforeAll(async () => {
    place = await make();
  });
  beforeEach(async () => {
    one = await place.open();
    other = await place.open();
    await migrate(one, STATE_MIGRATIONS);
  });
  afterEach(async () => {
    await one.all(storeStatement({ text: "delete from settings", row: nothing }));
    await one.close();
    await other.close();
  });
  afterAll(() => place.remove());

  test("what one console has written the other reads", async () => {
    await one.all(put, ["a", "Grüße 'n' \"q\" \\ \n $1"]);
    expect(await other.all(value)).toEqual([{ value: "Grüße 'n' \"q\" \\ \n $1" }]);
  });

  test("counts, sums and truth are numbers, and nothing is null", async () => {
    const [row] = await one.all(sums);
    expect(row).toMatchObject({ s: 9007199254740002, c: 2, t: 1, empty: null });
  });

  test("a transaction that fails leaves nothing behind, and the failure arrives as it was thrown", async () => {
    const work = one.transaction(async (inside) => {
      await inside.all(put, ["a", "1"]);
      throw new Error("changed my mind");
    });
    await expect(work).rejects.toThrow("changed my mind");
    expect(await one.all(count)).toEqual([{ n: 0 }]);
  });

  test("a transaction with a statement that failed does not succeed, even where the work swallows it", async () => {
    const work = one.transaction(async (inside) => {
      await inside.all(put, ["a", "1"]);
      await inside.all(put, ["a", "2"]).catch(() => undefined);
      await inside.all(put, ["b", "3"]).catch(() => undefined);
    });
    await expect(work).rejects.toMatchObject({ kind: "AppError", code: "state_failed" });
    expect(await one.all(count)).toEqual([{ n: 0 }]);
  });

  test("nobody else sees a transaction before its end, not even the console that runs it", async () => {
    await one.all(put, ["a", "before"]);
    let seen: unknown;
    await one.transaction(async (inside) => {
      await inside.all(bump, ["inside"]);
      seen = await other.all(value);
    });
    expect(seen).toEqual([{ value: "before" }]);
    expect(await other.all(value)).toEqual([{ value: "inside" }]);
  });

  test("fifty transactions of two consoles that add one to what they read lose none", async () => {
    await one.all(put, ["a", "0"]);
    const add = (database: Database) =>
      database.transaction(async (inside) => {
        const [row] = await inside.all(value);
        await inside.all(bump, [String(Number(row?.value) + 1)]);
      });
    await Promise.all(Array.from({ length: 50 }, (_, index) => add(index % 2 ? one : other)));
    expect(await one.all(value)).toEqual([{ value: "50" }]);
  });

  test("a statement of somebody else never becomes part of an open transaction", async () => {
    let release = () => {};
    const open = new Promise<void>((resolve) => (release = resolve));
    const rolledBack = one.transaction(async (inside) => {
      await inside.all(put, ["a", "1"]);
      await open;
      throw new Error("back");
    });
    const apart = one.all(put, ["b", "2"]);
    release();
    await expect(rolledBack).rejects.toThrow("back");
    await apart;
    expect(await one.all(count)).toEqual([{ n: 1 }]);
  });

  test("the database itself inside its own transaction is refused at once, and what was handed is refused after the end", async () => {
    await expect(one.transaction(() => one.all(count))).rejects.toThrow("only the handed database");
    await expect(one.transaction(() => one.transaction(async () => 1))).rejects.toThrow("only the handed database");
    let kept: Pick<Database, "all"> | undefined;
    await one.transaction(async (inside) => {
      kept = inside;
    });
    await expect(kept?.all(count)).rejects.toThrow("is over");
    expect(await one.all(count)).toEqual([{ n: 0 }]);
  });

  test("a statement that is refused says so as state_failed, and the next one works", async () => {
    await one.all(put, ["a", "1"]);
    await expect(one.all(put, ["a", "2"])).rejects.toMatchObject({ kind: "AppError", code: "state_failed" });
    expect(await one.all(count)).toEqual([{ n: 1 }]);
  });

  test("migrations that several consoles begin at once are done once, and done again they do nothing", async () => {
    const fresh = await make();
    const consoles = await Promise.all(Array.from({ length: 4 }, fresh.open));
    await Promise.all(consoles.map((console) => migrate(console, STATE_MIGRATIONS)));
    await migrate(consoles[0] ?? one, STATE_MIGRATIONS);
    const versions = storeStatement({ text: "select version as n from migrations order by version", row: number });
    expect(await consoles[0]?.all(versions)).toEqual(STATE_MIGRATIONS.map(({ version }) => ({ n: version })));
    await Promise.all(consoles.map((console) => console.close()));
    await fresh.remove();
  });

  test("a migration that fails leaves the version before it, whole", async () => {
    const next = (statements: string[]) => [...STATE_MIGRATIONS, { version: 999, title: "next", statements }];
    const broken = next(["create table half (a bigint)", "create table half (a bigint)"]);
    await expect(migrate(one, broken)).rejects.toMatchObject({ code: "state_failed" });
    const half = storeStatement({ text: "select count(*) as n from half", row: number });
    await expect(one.all(half)).rejects.toMatchObject({ code: "state_failed" });
    await migrate(one, STATE_MIGRATIONS);
  });

  test("a state of a newer console is refused", async () => {
    const fresh = await make();
    const newer = await fresh.open();
    await migrate(newer, [...STATE_MIGRATIONS, { version: 999, title: "later", statements: [] }]);
    await expect(migrate(newer, STATE_MIGRATIONS)).rejects.toThrow("newer console");
    await newer.close();
    await fresh.remove();
  });

  test("the clock of the database is within a minute of ours, and does not stand still in a transaction", async () => {
    const clock = storeStatement({ text: "select now_ms() as n", row: number });
    const [first, second] = await one.transaction(async (inside) => {
      const [before] = await inside.all(clock);
      await new Promise((resolve) => setTimeout(resolve, 15));
      const [after] = await inside.all(clock);
      return [before?.n ?? 0, after?.n ?? 0];
    });
    expect(Math.abs(Date.now() - (first ?? 0))).toBeLessThan(60_000);
    expect(second).toBeGreaterThan(first ?? 0);
  });

  test("T20: the audit takes records and gives none back: no update, no delete", async () => {
    await one.transaction((inside) => appendInside(inside, { kind: "console-started" }));
    for (const text of ["update audit set kind = 'refused'", "delete from audit"])
      await expect(one.all(storeStatement({ text, row: nothing }))).rejects.toMatchObject({ code: "state_failed" });
    expect((await one.all(records)).length).toBeGreaterThan(0);
  });

  test("F26: two consoles that write the audit at once write one chain, without a gap and without a fork", async () => {
    const before = (await one.all(records)).length;
    const append = (database: Database, index: number) =>
      database.transaction((inside) => appendInside(inside, { kind: "refused", details: { index } }));
    await Promise.all(Array.from({ length: 40 }, (_, index) => append(index % 2 ? one : other, index)));
    const chain = await one.all(records);
    expect(chain).toHaveLength(before + 40);
    let prev = GENESIS;
    for (const [index, record] of chain.entries()) {
      expect(record.seq).toBe(index + 1);
      expect(record.prev).toBe(prev);
      prev = record.hash;
    }
  });
}
