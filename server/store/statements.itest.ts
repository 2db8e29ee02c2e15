import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { testCluster } from "@/server/testing/cluster";
import { aPostgresState, aSqliteState, type StatePlace } from "@/server/testing/state-database";
import type { Database, StoreStatement } from "./database";
import { METRICS_MIGRATIONS } from "./metrics-migrations";
import { migrate } from "./migrate";
import { STATE_MIGRATIONS } from "./migrations";

/** Every statement that a module makes while it is loaded. */
const made = vi.hoisted(() => [] as string[]);
vi.mock("./database", async (original) => {
  const actual = await original<typeof import("./database")>();
  const storeStatement = <Row>(definition: StoreStatement<Row>) => {
    made.push(definition.text);
    return definition;
  };
  return { ...actual, storeStatement };
});

const { sandbox } = testCluster();
const places: StatePlace[] = [];
const opened: Database[] = [];
/** What several modules share is found with the one that loads it first, which is all the same here. */
const found = new Map<string, { file: string; isMetrics: boolean }>();

beforeAll(async () => {
  for (const folder of ["server/store", "server/audit", "server/auth", "server/runs"])
    for (const name of readdirSync(folder)) {
      const file = join(folder, name);
      if (/test\.ts$/.test(name) || !/\.ts$/.test(name) || !readFileSync(file, "utf8").includes("storeStatement("))
        continue;
      made.length = 0;
      await import(join(process.cwd(), file));
      for (const text of made) found.set(text, { file, isMetrics: /store\/(metrics|layouts)/.test(file) });
    }
});
afterAll(async () => {
  for (const database of opened) await database.close();
  for (const place of places) await place.remove();
});

async function opens(place: StatePlace, isMetrics: boolean): Promise<Database> {
  const database = await place.open();
  await migrate(database, isMetrics ? METRICS_MIGRATIONS : STATE_MIGRATIONS);
  places.push(place);
  opened.push(database);
  return database;
}

async function refusals(prepare: (isMetrics: boolean, text: string) => Promise<unknown>): Promise<string[]> {
  const refused: string[] = [];
  for (const [text, { file, isMetrics }] of found)
    await prepare(isMetrics, text).catch((cause: Error) => refused.push(`${file}: ${cause.message}\n${text}`));
  return refused;
}

test("PostgreSQL understands every statement on the console's own tables, with the types of its values", async () => {
  expect(found.size).toBeGreaterThan(60);
  const [own, metrics] = [
    await opens(await aPostgresState(sandbox), false),
    await opens(await aPostgresState(sandbox), true),
  ];
  let count = 0;
  const prepare = (isMetrics: boolean, text: string) =>
    (isMetrics ? metrics : own).all({ text: `prepare s${count++} as ${text}`, row: z.object({}) });
  expect(
    await refusals((isMetrics, text) => (/^\s*create /.test(text) ? Promise.resolve() : prepare(isMetrics, text))),
  ).toEqual([]);
});

test("SQLite understands the same, but for what is said to PostgreSQL alone", async () => {
  const [own, metrics] = [await opens(aSqliteState(), false), await opens(aSqliteState(), true)];
  const explain = (isMetrics: boolean, text: string) =>
    (isMetrics ? metrics : own).all({ text: `explain ${text}`, row: z.object({}) });
  expect(
    await refusals((isMetrics, text) =>
      /^\s*create |pg_advisory_xact_lock|pg_notify/.test(text) ? Promise.resolve() : explain(isMetrics, text),
    ),
  ).toEqual([]);
});
