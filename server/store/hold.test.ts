import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test, vi } from "vitest";
import { z } from "zod";
import { type Database, storeStatement } from "./database";
import { hold } from "./hold";
import { migrate } from "./migrate";
import { STATE_MIGRATIONS } from "./migrations";
import { holdFile, openSqlite } from "./sqlite";

const folder = mkdtempSync(join(tmpdir(), "shardboard-hold-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let opened = 0;
async function aState(): Promise<Database> {
  const database = openSqlite(join(folder, `${opened++}.sqlite`), "NORMAL");
  await migrate(database, STATE_MIGRATIONS);
  return database;
}

/** The database as seen by a console whose network is cut from now on. */
function cuttable(database: Database): Database & { cut: () => void } {
  let isCut = false;
  const refuse = () => Promise.reject(new Error("cut"));
  return {
    ...database,
    all: (statement, values) => (isCut ? refuse() : database.all(statement, values)),
    cut: () => (isCut = true),
  };
}

test("a holder that cannot renew stops by itself before another can begin", async () => {
  const database = await aState();
  const first = cuttable(database);
  const onLost = vi.fn();
  const held = await hold(first, "collector:a", "one", { forMs: 300, onLost });
  first.cut();
  let second = null;
  while (!second) {
    // Asked right after the second has it, and in no case is the first still sure of its own.
    second = await hold(database, "collector:a", "two", { forMs: 300, onLost: () => {} });
    if (second) expect(held?.isHeld()).toBe(false);
    else await sleep(2);
  }
  expect(second.epoch).toBe((held?.epoch ?? 0) + 1);
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1));
  await second.release();
});

test("a holder keeps its lease for longer than one term, and another gets it as soon as it is given back", async () => {
  const database = await aState();
  const onLost = vi.fn();
  const held = await hold(database, "collector:a", "one", { forMs: 500, onLost });
  const until = performance.now() + 1_100;
  while (performance.now() < until) {
    expect(await hold(database, "collector:a", "two", { forMs: 500, onLost })).toBeNull();
    await sleep(10);
  }
  expect(held?.isHeld()).toBe(true);
  await held?.release();
  const second = await hold(database, "collector:a", "two", { forMs: 500, onLost });
  expect(second?.isHeld()).toBe(true);
  await second?.release();
  expect(onLost).not.toHaveBeenCalled();
});

test("a lease that somebody took away is lost at the next renewal", async () => {
  const database = await aState();
  const onLost = vi.fn();
  const held = await hold(database, "collector:a", "one", { forMs: 90, onLost });
  await database.all(
    storeStatement({ text: "update leases set holder = 'two', epoch = epoch + 1", row: z.object({}) }),
  );
  await vi.waitFor(() => expect(onLost).toHaveBeenCalledTimes(1));
  expect(held?.isHeld()).toBe(false);
});

test("a process that could not run past its deadline knows that it holds nothing, before any timer told it", async () => {
  const database = await aState();
  let now = 0;
  const held = await hold(database, "collector:a", "one", { forMs: 5_000, onLost: () => {}, monotonic: () => now });
  expect(held?.isHeld()).toBe(true);
  now = 5_000;
  expect(held?.isHeld()).toBe(false);
  await held?.release();
});

test("a file that is held cannot be held again until it is let go", () => {
  const path = join(folder, "in-use.sqlite");
  const release = holdFile(path);
  expect(release).not.toBeNull();
  expect(holdFile(path)).toBeNull();
  release?.();
  const again = holdFile(path);
  expect(again).not.toBeNull();
  again?.();
});
