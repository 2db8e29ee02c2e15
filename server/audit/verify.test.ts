import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { AUDIT_KINDS, type AuditRecord } from "@/lib/domain/audit";
import { type Database, storeStatement } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import { aSqliteState, type StatePlace } from "@/server/testing/state-database";
import { appendInside } from "./append";
import { lineOf } from "./chain";
import { auditRowSchema, foundInRow } from "./found";
import { foundInLines } from "./lines";
import { walkChain } from "./reads";
import { verifyChain } from "./verify";

const nothing = z.object({});
const HOSTILE = [
  "a\nb",
  "\u001b[31mred\u001b[0m",
  "‮gnp.exe",
  '{"seq":1}',
  "ä😀\u0000",
  "=cmd()",
  "\u2028",
  "__proto__",
];

const places: StatePlace[] = [];
afterAll(() => Promise.all(places.map((place) => place.remove())));

async function anAudit(records: number): Promise<Database> {
  const place = aSqliteState();
  places.push(place);
  const database = await place.open();
  await migrate(database, STATE_MIGRATIONS);
  for (let index = 0; index < records; index += 1)
    await database.transaction((inside) =>
      appendInside(inside, {
        kind: AUDIT_KINDS[index % AUDIT_KINDS.length] ?? "refused",
        clusterId: index % 3 === 0 ? null : "main",
        actor:
          index % 4 === 0
            ? null
            : { id: "local:ada", name: HOSTILE[index % HOSTILE.length] ?? "", sessionId: "s", from: "::1" },
        runId: index % 2 === 0 ? null : `run-${index}`,
        details: JSON.parse(
          `{"sql":["select '${index}'"],"9":1,"1":{"__proto__":[1,null,true]},"b":${JSON.stringify(HOSTILE)}}`,
        ),
      }),
    );
  return database;
}

async function recordsOf(database: Database): Promise<AuditRecord[]> {
  const found = await Array.fromAsync(walkChain(database));
  return found.map((one) => one.record).filter((record) => record !== null);
}

describe("T20: what is changed in the audit is found and named", () => {
  let database: Database;
  let records: AuditRecord[];
  let text: string;
  beforeAll(async () => {
    database = await anAudit(24);
    records = await recordsOf(database);
    text = records.map((record) => `${lineOf(record)}\n`).join("");
  });
  const verify = (exported: string | Uint8Array) => {
    const head = records.at(-1);
    const heads = head ? [{ seq: head.seq, hash: head.hash }] : [];
    return verifyChain(foundInLines([typeof exported === "string" ? Buffer.from(exported) : exported]), { heads });
  };

  test("an untouched table and an untouched export fit, whatever stands in them", async () => {
    expect(await verifyChain(walkChain(database))).toMatchObject({ count: 24, misfit: null });
    expect(await verify(text)).toMatchObject({ count: 24, misfit: null });
  });

  test("a name with a line break, an escape sequence or a bidirectional mark stays in its one line, and none of them is written", () => {
    expect(text.split("\n")).toHaveLength(25);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the point of the test
    expect(text.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e]/);
  });

  test("any byte of an export that is changed, added or taken away is named at its record or the one behind it", async () => {
    const bytes = Buffer.from(text);
    const at = fc.nat(bytes.length - 1);
    const edit = fc.oneof(
      fc.record({ kind: fc.constant("put" as const), at, byte: fc.nat(255) }),
      fc.record({ kind: fc.constant("add" as const), at, byte: fc.nat(255) }),
      fc.record({ kind: fc.constant("cut" as const), at, byte: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(edit, async ({ kind, at: place, byte }) => {
        const middle = kind === "cut" ? Buffer.alloc(0) : Buffer.from([byte]);
        const changed = Buffer.concat([
          bytes.subarray(0, place),
          middle,
          bytes.subarray(kind === "add" ? place : place + 1),
        ]);
        if (changed.equals(bytes)) return;
        const { misfit, count } = await verify(changed);
        const line = bytes.subarray(0, place).toString("latin1").split("\n").length;
        expect(misfit).not.toBeNull();
        // A changed number or hash shows where it stands; a line's end that is gone shows with the next line.
        expect([line - 1, line]).toContain(count);
      }),
      { numRuns: 1_500 },
    );
  });

  test("any two lines that change places, any line that is doubled, left out or moved, are named", async () => {
    const lines = text.split("\n").slice(0, -1);
    const where = fc.nat(lines.length - 1);
    await fc.assert(
      fc.asyncProperty(where, where, fc.constantFrom("swap", "double", "leave out"), async (a, b, how) => {
        const changed = [...lines];
        if (how === "swap") [changed[a], changed[b]] = [lines[b] ?? "", lines[a] ?? ""];
        else if (how === "double") changed.splice(b, 0, lines[a] ?? "");
        else changed.splice(a, 1);
        if (changed.join() === lines.join()) return;
        const { misfit, count } = await verify(`${changed.join("\n")}\n`);
        expect(misfit?.why).toMatch(/missing|stands behind|cut off/);
        expect(count).toBeLessThanOrEqual(Math.max(a, b) + 1);
      }),
      { numRuns: 300 },
    );
  });

  test("an end that was cut off is found by a head that was noted, and by nothing else", async () => {
    const shorter = text.split("\n").slice(0, 20).join("\n");
    expect(await verifyChain(foundInLines([Buffer.from(`${shorter}\n`)]))).toMatchObject({ count: 20, misfit: null });
    expect((await verify(`${shorter}\n`)).misfit).toEqual({
      seq: 21,
      why: "the chain ends at #20, and it has been at #24: its end was cut off",
    });
  });

  test("a chain that was forged whole, every hash anew, is found by a head that was noted", async () => {
    const other = await anAudit(3);
    for (let index = 3; index < 24; index += 1)
      await other.transaction((inside) => appendInside(inside, { kind: "refused", details: { index } }));
    const forged = (await recordsOf(other)).map((record) => `${lineOf(record)}\n`).join("");
    expect((await verify(forged)).misfit).toMatchObject({ seq: 24, why: expect.stringContaining("noted") });
  });

  test("a selection may leave records out, and each of them is still judged", async () => {
    const some = text.split("\n").filter((_, index) => index % 3 === 1);
    const part = (lines: string[]) =>
      verifyChain(foundInLines([Buffer.from(`${lines.join("\n")}\n`)]), { isPart: true });
    expect(await part(some)).toMatchObject({ count: 8, misfit: null });
    const changed = some.map((line) => line.replace("select '4'", "select '5'"));
    expect((await part(changed)).misfit).toMatchObject({ seq: 5 });
  });

  test("any column of the table that is changed in any way is named at its record", async () => {
    const COLUMNS = ["seq", "at", "kind", "cluster_id", "actor_id", "run_id", "body", "prev", "hash"];
    const value = fc.oneof(fc.string(), fc.constant(null), fc.integer(), fc.double(), fc.constantFrom(...AUDIT_KINDS));
    const rows = await database.all(storeStatement({ text: "select * from audit order by seq", row: auditRowSchema }));
    await fc.assert(
      fc.asyncProperty(fc.nat(rows.length - 1), fc.constantFrom(...COLUMNS), value, async (at, column, put) => {
        const changed = rows.map((row, index) => (index === at ? { ...row, [column]: put } : row));
        if (Object.is(rows[at]?.[column], put)) return;
        const { count, misfit } = await verifyChain(changed.map(foundInRow));
        expect(misfit).not.toBeNull();
        expect(count).toBe(at);
      }),
      { numRuns: 1_500 },
    );
  });

  test("a body that reads the same and is written differently is named", async () => {
    const fresh = await anAudit(3);
    await fresh.all(storeStatement({ text: "drop trigger audit_is_only_added_to", row: nothing }));
    await fresh.all(storeStatement({ text: "update audit set body = body || ' ' where seq = 2", row: nothing }));
    expect((await verifyChain(walkChain(fresh))).misfit).toMatchObject({ seq: 2 });
  });
});
