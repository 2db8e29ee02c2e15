import "server-only";
import { z } from "zod";
import { env } from "@/server/env";
import { log } from "@/server/log";
import { type Database, storeStatement } from "@/server/store/database";
import { state } from "@/server/store/state";
import { lineOf } from "./chain";
import { foundInRow } from "./found";
import { FORWARD } from "./statements";

const EVERY_MS = 1_000;
const AT_ONCE = 200;

const READ = storeStatement({
  text: "select value from settings where name = 'audit.told'",
  row: z.object({ value: z.coerce.number().int() }),
});
const KEEP = storeStatement({
  text: `insert into settings (name, value) values ('audit.told', $1)
         on conflict (name) do update set value = excluded.value`,
  row: z.object({}),
});

/** On globalThis in production too: pages, routes, actions and instrumentation are separate module graphs. */
const holder = globalThis as typeof globalThis & {
  __shardboardAuditTeller?: { timer: NodeJS.Timeout; last: Promise<void> };
};

/** Writes every record as a line of JSON to standard output, where AUDIT_STDOUT asks for it, from the first record on. */
export function tellAuditOnStdout(): void {
  if (!env().AUDIT_STDOUT || holder.__shardboardAuditTeller) return;
  const timer = setInterval(() => {
    teller.last = teller.last.then(tellAll);
  }, EVERY_MS).unref();
  const teller = { timer, last: Promise.resolve() };
  holder.__shardboardAuditTeller = teller;
}

/** Resolves when what was committed until now is written. */
export async function stopTellingAudit(): Promise<void> {
  const teller = holder.__shardboardAuditTeller;
  if (!teller) return;
  clearInterval(teller.timer);
  delete holder.__shardboardAuditTeller;
  await teller.last.then(tellAll);
}

async function tellAll(): Promise<void> {
  try {
    const database = await state();
    while ((await tellNext(database, (line) => process.stdout.write(`${line}\n`))) === AT_ONCE);
  } catch (cause) {
    log.error("the audit was not told on standard output", { cause });
  }
}

/**
 * Writes what was committed and not yet told; how far is kept with the records. Written before it is kept: after a kill a line may
 * come twice, and none is left out. Of several consoles one writes each line.
 */
export async function tellNext(database: Database, write: (line: string) => void): Promise<number> {
  const [told] = await database.all(READ);
  if ((await database.all(FORWARD, [(told?.value ?? 0) + 1, 1])).length === 0) return 0;
  return database.transaction(async (inside) => {
    const [kept] = await inside.all(READ);
    const rows = await inside.all(FORWARD, [(kept?.value ?? 0) + 1, AT_ONCE]);
    let last = kept?.value ?? 0;
    for (const row of rows) {
      const { seq, record } = foundInRow(row);
      // What cannot be read as a record is named by the check of the chain; here it is passed over.
      if (record) write(lineOf(record));
      last = seq ?? last;
    }
    if (rows.length > 0) await inside.all(KEEP, [String(last)]);
    return rows.length;
  });
}
