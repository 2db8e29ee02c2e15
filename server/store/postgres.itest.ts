import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { appendInside } from "@/server/audit/append";
import { testCluster } from "@/server/testing/cluster";
import { databaseContract } from "@/server/testing/database-contract";
import { aPostgresState } from "@/server/testing/state-database";
import { type Database, storeStatement } from "./database";
import { migrate } from "./migrate";
import { STATE_MIGRATIONS } from "./migrations";

const { sandbox } = testCluster();
const put = storeStatement({ text: "insert into settings (name, value) values ($1, $2)", row: z.object({}) });
const count = storeStatement({ text: "select count(*) as n from settings", row: z.object({ n: z.number() }) });
const append = (database: Database) => database.transaction((inside) => appendInside(inside, { kind: "refused" }));

describe("the state in PostgreSQL", () => databaseContract(() => aPostgresState(sandbox)));

/** A state that is up to date, with the name of its database. */
async function aState() {
  const place = await aPostgresState(sandbox);
  const database = await place.open();
  await migrate(database, STATE_MIGRATIONS);
  return { place, database, name: new URL(place.url ?? "").pathname.slice(1) };
}
const cutAll = (name: string) =>
  sandbox.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [name]);

test("F20: a state that has become read-only takes no record, so nothing is changed, and is still read; given back it works again", async () => {
  const { place, database, name } = await aState();
  await database.all(put, ["a", "1"]);
  await sandbox.query(`alter database ${name} set default_transaction_read_only = on`);
  await cutAll(name);
  await sleep(100);
  await expect(append(database)).rejects.toMatchObject({ code: "record_failed" });
  expect(await database.all(count)).toEqual([{ n: 1 }]);
  await sandbox.query(`alter database ${name} reset default_transaction_read_only`);
  await cutAll(name);
  await sleep(100);
  expect((await append(database)).seq).toBe(1);
  await database.close();
  await place.remove();
});

test("F20: a connection that is cut in the middle of a transaction leaves nothing of it, and the next one works", async () => {
  const { place, database, name } = await aState();
  const work = database.transaction(async (inside) => {
    await inside.all(put, ["a", "1"]);
    await cutAll(name);
    await inside.all(put, ["b", "2"]);
  });
  await expect(work).rejects.toMatchObject({ code: "state_failed" });
  await append(database);
  expect(await database.all(count)).toEqual([{ n: 0 }]);
  await database.close();
  await place.remove();
});

test("a console that stands still in the middle of a transaction keeps the others waiting for seconds only", async () => {
  const { place, database } = await aState();
  const other = await place.open();
  const [begun, still] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const standing = database.transaction(async (inside) => {
    await inside.all(put, ["a", "1"]);
    begun.resolve();
    await still.promise;
    await inside.all(put, ["b", "2"]);
  });
  const failed = expect(standing).rejects.toMatchObject({ code: "state_failed" });
  await begun.promise;
  expect((await append(other)).seq).toBe(1);
  still.resolve();
  await failed;
  expect(await other.all(count)).toEqual([{ n: 0 }]);
  await Promise.all([database.close(), other.close()]);
  await place.remove();
});

test("what one console says the others hear, also after the connection was cut", async () => {
  const { place, database, name } = await aState();
  const other = await place.open();
  const heard: string[] = [];
  const stop = other.listen?.((payload) => heard.push(payload));
  const say = storeStatement({ text: "select pg_notify('shardboard', $1)", row: z.looseObject({}) });
  const until = async (word: string) => {
    while (!heard.includes(word)) {
      await database.all(say, [word]).catch(() => undefined);
      await sleep(50);
    }
  };
  await until("one");
  await cutAll(name);
  await until("two");
  stop?.();
  await Promise.all([database.close(), other.close()]);
  await place.remove();
});
