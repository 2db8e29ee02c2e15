import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendInside } from "../../server/audit/append.ts";
import { lineOf } from "../../server/audit/chain.ts";
import { foundInLines } from "../../server/audit/lines.ts";
import { walkChain } from "../../server/audit/reads.ts";
import { verifyChain } from "../../server/audit/verify.ts";
import type { Database } from "../../server/store/database.ts";
import { migrate } from "../../server/store/migrate.ts";
import { STATE_MIGRATIONS } from "../../server/store/migrations.ts";
import { openSqlite } from "../../server/store/sqlite.ts";
import { type SoakRow, scaled } from "../stage/row.ts";

const RECORDS = 40;
const EDITS = 50_000;

/** T20 at length: 50,000 exports of the audit with one byte changed, added or taken away, each looked at whole. */
export async function run(scale = 1): Promise<SoakRow[]> {
  const started = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "shardboard-audit-"));
  try {
    const bytes = await anExport(openSqlite(join(folder, "state.sqlite"), "NORMAL"));
    const edits = scaled(EDITS, scale);
    let missed = 0;
    for (let edit = 0; edit < edits; edit += 1) if (!(await isNoticed(bytes))) missed += 1;
    return [
      {
        id: "T20",
        what: "exports of the audit with one byte changed, added or taken away: one that verifies, or is named at the wrong record",
        count: edits,
        failures: missed,
        seconds: (performance.now() - started) / 1_000,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function anExport(database: Database): Promise<Buffer> {
  await migrate(database, STATE_MIGRATIONS);
  for (let index = 0; index < RECORDS; index += 1) {
    const actor = { id: "local:ada", name: "ä\n\u001b[31m‮", sessionId: "s", from: "::1" };
    const details = { change: "node.drain", subject: `:${index}`, sql: ["select 'é\u0000\"'"], n: index / 3 };
    await database.transaction((inside) => appendInside(inside, { kind: "intent", clusterId: "a", actor, details }));
  }
  const lines: string[] = [];
  for await (const { record } of walkChain(database)) if (record) lines.push(`${lineOf(record)}\n`);
  await database.close();
  return Buffer.from(lines.join(""));
}

/** Named at the record in which the byte stands, or, where a line's end is gone or stands twice, at the one behind it. */
async function isNoticed(bytes: Buffer): Promise<boolean> {
  const at = randomInt(bytes.length);
  const kind = ["put", "add", "cut"][randomInt(3)];
  const put = kind === "cut" ? Buffer.alloc(0) : Buffer.from([randomInt(256)]);
  const changed = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(kind === "add" ? at : at + 1)]);
  if (changed.equals(bytes)) return true;
  const { misfit, count } = await verifyChain(foundInLines([changed]));
  const line = bytes.subarray(0, at).toString("latin1").split("\n").length;
  return misfit !== null && (count === line - 1 || count === line);
}
