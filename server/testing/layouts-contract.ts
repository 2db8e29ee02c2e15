import "server-only";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { Layout } from "@/lib/domain/layout-history";
import { shardColumns } from "@/lib/domain/shard-columns";
import { nodeSizes } from "@/lib/domain/sizes";
import { aTable, aWorker, hashShards } from "@/lib/testing/layout";
import { createLayoutKeeper } from "@/server/metrics/layout-keeper";
import { layoutAt, marksBetween, movesBetween } from "@/server/metrics/layout-reads";
import type { HandedLayout } from "@/server/metrics/messages";
import { type Database, storeStatement } from "@/server/store/database";
import { METRICS_MIGRATIONS } from "@/server/store/metrics-migrations";
import { migrate } from "@/server/store/migrate";
import type { StatePlace } from "./state-database";

const NOW = Date.UTC(2026, 7, 3, 12);
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const clusterId = "shop";
const orders = aTable(1, "orders");
const nodes = [0, 1, 2].map((groupId) => {
  const { placementCount: _, ...node } = aWorker(groupId);
  return node;
});

const snapshotsOf = storeStatement({
  text: "select at, measured from layout_snapshots order by at",
  row: z.object({ at: z.number(), measured: z.number() }),
});
const count = (table: string) =>
  storeStatement({ text: `select count(*) as n from ${table}`, row: z.object({ n: z.number() }) });

/** Eight shards; those of the positions that are named lie in group 2, the others in group 1. */
const layoutOf = (inTwo: readonly number[]): Layout => ({
  nodes,
  tables: [orders],
  colocationGroups: [],
  shards: shardColumns(hashShards(orders, 100, 8, (index) => (inTwo.includes(index) ? 2 : 1))),
});
const sizes = new Map([[2, nodeSizes(Array.from({ length: 8 }, (_, index) => [100 + index, 8_192]))]]);
const read = (at: number, inTwo: readonly number[], over: Partial<HandedLayout> = {}): HandedLayout => ({
  clusterId,
  at,
  layout: layoutOf(inTwo),
  sizes,
  measured: 2,
  ...over,
});

/** What every database of the layouts' history guarantees. */
export function layoutsContract(make: () => Promise<StatePlace>): void {
  let place: StatePlace;
  let database: Database;
  beforeEach(async () => {
    place = await make();
    database = await place.open();
    await migrate(database, METRICS_MIGRATIONS);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  async function keep(all: readonly HandedLayout[], keeper = createLayoutKeeper(database)) {
    for (const handed of all) {
      keeper.take(handed);
      await keeper.flush();
    }
    return keeper;
  }
  const whereAt = async (at: number) => {
    const found = await layoutAt(database, clusterId, at);
    return found && Array.from(found.kept.layout.shards.groupIds);
  };
  const wheres = (inTwo: readonly number[]) => Array.from(layoutOf(inTwo).shards.groupIds);

  test("the layout of any moment is the one that was read last before it, also after restarts", async () => {
    const steps = fc.array(
      fc.record({
        afterMs: fc.integer({ min: 1, max: 30 * HOUR }),
        inTwo: fc.uniqueArray(fc.nat(7)),
        isRestart: fc.boolean(),
      }),
      { minLength: 1, maxLength: 12 },
    );
    await fc.assert(
      fc
        .asyncProperty(steps, async (all) => {
          let keeper = createLayoutKeeper(database);
          let at = NOW;
          const reads: HandedLayout[] = [];
          for (const { afterMs, inTwo, isRestart } of all) {
            at += afterMs;
            if (isRestart) keeper = createLayoutKeeper(database);
            reads.push(read(at, inTwo));
            await keep(reads.slice(-1), keeper);
          }
          expect(await whereAt((reads[0]?.at ?? 0) - 1)).toBeNull();
          for (const [index, one] of reads.entries()) {
            const last = (reads[index + 1]?.at ?? one.at + 2) - 1;
            for (const moment of [one.at, last])
              expect(await whereAt(moment)).toEqual(Array.from(one.layout.shards.groupIds));
          }
        })
        .afterEach(async () => {
          for (const table of ["layout_snapshots", "layout_changes", "layout_spans"])
            await database.all(storeStatement({ text: `delete from ${table}`, row: z.object({}) }));
        }),
      { numRuns: 15 },
    );
  });

  test("a move is dated by the two reads between which it happened, however far apart they are", async () => {
    const keeper = await keep([read(NOW, [])]);
    keeper.takeSame(clusterId, NOW + 3_000);
    await keep([read(NOW + 6_000, [3])], keeper);
    keeper.takeSame(clusterId, NOW + 40_000);
    await keeper.flush();
    // Nobody reads for five hours, and another process goes on.
    await keep([read(NOW + 5 * HOUR, [3, 4])]);
    const { events, since, until, leftOut } = await movesBetween(database, clusterId, NOW, NOW + 9 * HOUR);
    expect(events).toMatchObject([
      { kind: "moved", id: 104, after: NOW + 40_000, at: NOW + 5 * HOUR, bytes: 8_192 },
      { kind: "moved", id: 103, after: NOW + 3_000, at: NOW + 6_000, to: ["127.0.0.1:55166"] },
    ]);
    expect({ since, until, leftOut }).toEqual({ since: NOW, until: NOW + 5 * HOUR, leftOut: 0 });
    expect((await layoutAt(database, clusterId, NOW + HOUR))?.kept.about).toMatchObject({
      changedAt: NOW + 6_000,
      unsureUntil: NOW + 5 * HOUR,
    });
    expect((await layoutAt(database, clusterId, NOW + 20_000))?.kept.about.unsureUntil).toBeNull();
    expect((await marksBetween(database, clusterId, NOW, NOW + 9 * HOUR)).marks).toEqual([
      { after: NOW + 3_000, at: NOW + 6_000, moved: 1, other: 0 },
      { after: NOW + 40_000, at: NOW + 5 * HOUR, moved: 1, other: 0 },
    ]);
  });

  test("a layout that stays is written once a day, and as soon as its sizes are better known", async () => {
    const keeper = await keep([read(NOW, [], { sizes: new Map(), measured: 0 }), read(NOW + HOUR, [])]);
    await keep([read(NOW + 2 * HOUR, []), read(NOW + 24.5 * HOUR, []), read(NOW + 25 * HOUR, [])], keeper);
    expect(await database.all(snapshotsOf)).toEqual([
      { at: NOW, measured: 0 },
      { at: NOW + HOUR, measured: 2 },
      { at: NOW + 25 * HOUR, measured: 2 },
    ]);
    expect(await database.all(count("layout_changes"))).toEqual([{ n: 0 }]);
    const then = await layoutAt(database, clusterId, NOW + 3 * HOUR);
    expect(then?.kept.about.measuredAt).toBe(NOW + HOUR);
    expect(then?.kept.sizes).toEqual(sizes);
  });

  test("what is older than 90 days is forgotten a little at a time, and every later moment can still be told", async () => {
    const keeper = createLayoutKeeper(database);
    const times = Array.from({ length: 36 }, (_, index) => NOW + index * 3 * DAY);
    const inTwo = (index: number) => (index % 2 === 0 ? [] : [5]);
    await keep(
      times.map((at, index) => read(at, inTwo(index))),
      keeper,
    );
    const end = NOW + 105 * DAY;
    await keeper.tidy(end);
    expect(await database.all(count("layout_snapshots"))).toEqual([{ n: 35 }]);
    for (let round = 0; round < 8; round++) await keeper.tidy(end);
    expect(await database.all(count("layout_snapshots"))).toEqual([{ n: 31 }]);
    for (const [index, at] of times.entries()) {
      if (at < end - 90 * DAY) expect(await whereAt(at + HOUR)).toBeNull();
      else expect(await whereAt(at + HOUR)).toEqual(wheres(inTwo(index)));
    }
    const { since, marks } = await marksBetween(database, clusterId, 0, end);
    expect(since).toBe(NOW + 15 * DAY);
    expect(marks).toHaveLength(30);
    // Nothing comes after the newest one, however old it is.
    for (let round = 0; round < 40; round++) await keeper.tidy(end + 400 * DAY);
    expect(await whereAt(end + 400 * DAY)).toEqual(wheres([5]));
    expect(await database.all(count("layout_snapshots"))).toEqual([{ n: 1 }]);
  });

  test("what the database did not take is written when it takes it again, with the time in which it happened", async () => {
    await keep([read(NOW, [])]);
    let isRefusing = true;
    const keeper = createLayoutKeeper({
      ...database,
      transaction: (work) => (isRefusing ? Promise.reject(new Error("disk full")) : database.transaction(work)),
    });
    keeper.take(read(NOW + 3_000, [1]));
    await expect(keeper.flush()).rejects.toThrow("disk full");
    keeper.take(read(NOW + 6_000, [1, 2]));
    isRefusing = false;
    await keeper.flush();
    const { events } = await movesBetween(database, clusterId, NOW, NOW + HOUR);
    expect(events.map(({ id, after, at }) => [id, after, at])).toEqual([
      [101, NOW, NOW + 6_000],
      [102, NOW, NOW + 6_000],
    ]);
  });

  test("two consoles that read a cluster in turn write one history", async () => {
    const [one, other] = [createLayoutKeeper(database), createLayoutKeeper(database)];
    await keep([read(NOW, []), read(NOW + 1_000, [1])], one);
    await keep([read(NOW + 2_000, [1, 2])], other);
    await keep([read(NOW + 3_000, [2])], one);
    const { events } = await movesBetween(database, clusterId, NOW, NOW + HOUR);
    expect(events.map(({ id, from }) => [id, from[0]])).toEqual([
      [101, "127.0.0.1:55166"],
      [102, "127.0.0.1:55165"],
      [101, "127.0.0.1:55165"],
    ]);
    expect(await whereAt(NOW + HOUR)).toEqual(wheres([2]));
  });
}
