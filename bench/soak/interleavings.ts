import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopCollectors } from "../../server/live/collector.ts";
import { closePools } from "../../server/pg/pools.ts";
import type { Database } from "../../server/store/database.ts";
import { migrate } from "../../server/store/migrate.ts";
import { STATE_MIGRATIONS } from "../../server/store/migrations.ts";
import { openSqlite } from "../../server/store/sqlite.ts";
import { closeState } from "../../server/store/state.ts";
import { interleave, modelTarget, scheduled } from "../../server/testing/interleavings.ts";
import { scaled } from "../stage/row.ts";

const SCHEDULES = 5_000;
/** A state that has grown for long makes each schedule slower without testing more. */
const PER_STATE = 500;

/** F17 at length: several people's deeds in 5,000 random orders of every step, on the console's own engine and a model of a cluster. */
export async function run(scale = 1) {
  const wanted = scaled(SCHEDULES, scale);
  const started = performance.now();
  const sum = { ran: 0, refused: 0 };
  let schedules = 0;
  const failures: string[] = [];
  while (schedules < wanted) {
    const count = Math.min(PER_STATE, wanted - schedules);
    const part = await onFreshState(() => interleave(count, modelTarget())).catch((cause: unknown) => {
      failures.push(cause instanceof Error ? cause.message : String(cause));
      return { ran: 0, refused: 0 };
    });
    sum.ran += part.ran;
    sum.refused += part.refused;
    schedules += count;
  }
  stopCollectors();
  await closePools();
  const remarks = [`${sum.ran} operations ran, ${sum.refused} were refused`, ...failures].join("; ");
  return [
    {
      id: "F17",
      what: "orders of several people's steps: two that collide ran at once, one was half done, or a refusal did not say who",
      count: schedules,
      failures: failures.length,
      seconds: (performance.now() - started) / 1000,
      remarks,
    },
  ];
}

async function onFreshState<T>(work: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-orders-"));
  const database = openSqlite(join(folder, "state.sqlite"), "NORMAL");
  await migrate(database, STATE_MIGRATIONS);
  const holder = globalThis as typeof globalThis & { __shardboardState?: Promise<Database> };
  holder.__shardboardState = Promise.resolve(scheduled(database));
  try {
    return await work();
  } finally {
    await closeState();
    rmSync(folder, { recursive: true, force: true });
  }
}
