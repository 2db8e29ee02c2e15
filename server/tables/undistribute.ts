import "server-only";
import { z } from "zod";
import { undistributeInput } from "@/lib/domain/distribute-choice";
import { undistributedEffect } from "@/lib/domain/distribute-effect";
import { bySeverity } from "@/lib/domain/distribute-note";
import { inOrder, lockNote, roomNote, undistributeStep } from "@/lib/domain/distribute-sentences";
import { mayUndistribute } from "@/lib/domain/distribute-undo";
import { bytesOfOneCopy } from "@/lib/domain/table-bytes";
import { fullName, type TableFacts } from "@/lib/domain/table-facts";
import { connectedWith } from "@/lib/domain/table-ties";
import { isAppError } from "@/lib/errors";
import { call, change } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { readPicture } from "@/server/jobs/measure";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/table-changes";
import { listTies, readCoordinatorDisk } from "@/server/sql/tables";
import { NODES_STAY, nameOf, nameSchema, stillCitus } from "./effects";
import { readTable, readTables } from "./reads";
import { readSurroundings } from "./surroundings";

/** Takes a Citus table back to the coordinator as a plain table; with `cascade`, all that foreign keys tie to it. */
export const undistributeTable = change({
  name: "table.undistribute",
  permission: "table:undistribute",
  input: undistributeInput,
  doing: (subject) => `undistributing ${subject}`,
  before: z.object({ affected: z.array(nameSchema) }),
  prepare: async (target, { table: oid, cascade }) => {
    const [table, relatives, around] = await Promise.all([
      readTable(target, oid),
      readRelatives(target, oid),
      readSurroundings(target),
    ]);
    const { verdict, notes } = mayUndistribute({ table, relatives, cascade }, around);
    const affected = cascade ? [table, ...relatives] : [table];
    const bytes = verdict.allowed ? await bytesOf(target, affected) : null;
    const statement = cascade ? statements.undistributeWithTies : statements.undistribute;
    return {
      subject: fullName(table),
      typed: fullName(table),
      steps: [
        { title: undistributeStep(affected.length, bytes), calls: [call(statement, { table: table.quotedName })] },
      ],
      notes: bySeverity([
        ...notes,
        ...(verdict.allowed ? [roomNote(bytes, await freeBytes(target)), lockNote(table)] : []),
        ...inOrder(table, around),
      ]),
      dependsOn: affected.map((each) => `${fullName(each)} (oid ${each.oid})`),
      claims: [
        ...affected.map((each) => ({ object: `table:${fullName(each)}`, mode: "exclusive" as const })),
        NODES_STAY,
        { object: "shards", mode: "shared" },
      ],
      before: { affected: affected.map(nameOf) },
      refresh: ["topology", "sizes", "local-tables"],
    };
  },
  effect: async (target, { before: { affected } }) =>
    undistributedEffect(affected.map(fullName), (await stillCitus(target, affected)).map(fullName)),
});

/** Every other Citus table that foreign keys connect with this one. */
async function readRelatives(target: Target, oid: number): Promise<TableFacts[]> {
  const connected = connectedWith(oid, await run(target, listTies, undefined));
  return (await readTables(target, connected)).filter((table) => table.citusKind !== "plain");
}

async function bytesOf(target: Target, tables: readonly TableFacts[]): Promise<number | null> {
  const picture = await readPicture(target);
  const each = tables.map((table) => bytesOfOneCopy(picture, table.oid));
  return each.every((bytes) => bytes !== null) ? each.reduce((sum, bytes) => sum + bytes, 0) : null;
}

async function freeBytes(target: Target): Promise<number | null> {
  try {
    return (await run(target, readCoordinatorDisk, undefined))[0]?.free_bytes ?? null;
  } catch (cause) {
    // An estimate beside the plan: without it the plan still stands, and says that it is not known.
    if (isAppError(cause)) return null;
    throw cause;
  }
}
