import "server-only";
import { z } from "zod";
import type { Claim } from "@/lib/domain/claim";
import { mayDistribute } from "@/lib/domain/distribute";
import type { DistributeInput } from "@/lib/domain/distribute-choice";
import { distributeInput } from "@/lib/domain/distribute-choice";
import type { Landing } from "@/lib/domain/distribute-colocation";
import { distributedEffect } from "@/lib/domain/distribute-effect";
import { bySeverity } from "@/lib/domain/distribute-note";
import { distributeStep, inOrder, leftoverNote, lockNote } from "@/lib/domain/distribute-sentences";
import type { Surroundings } from "@/lib/domain/distribute-surroundings";
import { fullName, type TableFacts } from "@/lib/domain/table-facts";
import { type Call, call, change } from "@/server/changes/define";
import * as statements from "@/server/sql/table-changes";
import { findCitusTable, NODES_STAY, nameOf, nameSchema } from "./effects";
import { noteNulls } from "./nulls";
import { readTable } from "./reads";
import { readSurroundings } from "./surroundings";

/** Makes a plain table, or a local one of Citus' metadata, a hash-distributed table. */
export const distributeTable = change({
  name: "table.distribute",
  permission: "table:distribute",
  input: distributeInput,
  doing: (subject) => `distributing ${subject}`,
  before: z.object({ table: nameSchema, shardCount: z.number().nullable() }),
  prepare: async (target, input) => {
    const [table, around] = await Promise.all([readTable(target, input.table), readSurroundings(target)]);
    const { verdict, notes, landing } = mayDistribute(table, input, around);
    const nulls = verdict.allowed ? await noteNulls(target, table, input.column) : [];
    const asked = distributeCall(table, input, around);
    return {
      subject: fullName(table),
      steps: asked ? [{ title: distributeStep(table, landing, around), calls: [asked] }] : [],
      notes: bySeverity([
        ...notes,
        ...nulls,
        ...(verdict.allowed ? [lockNote(table), ...leftoverNote(table)] : []),
        ...inOrder(table, around),
      ]),
      dependsOn: landing ? [landingWords(landing)] : [],
      claims: [{ object: `table:${fullName(table)}`, mode: "exclusive" }, NODES_STAY, ...beside(input, around)],
      before: { table: nameOf(table), shardCount: landing?.shardCount ?? null },
      refresh: ["topology", "sizes", "local-tables"],
    };
  },
  effect: async (target, { input, before: { table, shardCount } }) => {
    const { found, group } = await findCitusTable(target, table);
    return distributedEffect(fullName(table), input.column, shardCount, found, group);
  },
});

function landingWords({ groupId, shardCount }: Landing): string {
  return `${shardCount} shards, in ${groupId === null ? "a colocation group of its own" : `colocation group ${groupId}`}`;
}

/** The table that it will lie beside has to stay as it is. */
function beside({ colocateWith }: DistributeInput, around: Surroundings): Claim[] {
  if (colocateWith.kind !== "table") return [];
  const found = around.targets.find((candidate) => candidate.oid === colocateWith.oid);
  return found ? [{ object: `table:${found.name}`, mode: "shared" }] : [];
}

/** Only the arguments that were chosen are sent. null: the table to colocate with is not there, so there is nothing to send. */
function distributeCall(
  { quotedName: table }: TableFacts,
  { column, colocateWith, shardCount }: DistributeInput,
  around: Surroundings,
): Call | null {
  if (colocateWith.kind === "table") {
    const target = around.targets.find((candidate) => candidate.oid === colocateWith.oid);
    return target ? call(statements.distributeWith, { table, column, colocateWith: target.quotedName }) : null;
  }
  if (colocateWith.kind === "none") {
    return shardCount === null
      ? call(statements.distributeWith, { table, column, colocateWith: "none" })
      : call(statements.distributeAlone, { table, column, shardCount });
  }
  return shardCount === null
    ? call(statements.distribute, { table, column })
    : call(statements.distributeInShards, { table, column, shardCount });
}
