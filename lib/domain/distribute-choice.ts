import { z } from "zod";
import { clusterIdSchema } from "./cluster";

const NAMED_BY_OID = "A table is named by its oid.";

/** With which tables the new shards are to lie: Citus' default (a group of equal type and shard count), none, or a table by oid. */
const colocateWithSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({ kind: z.literal("default") }),
    z.object({ kind: z.literal("none") }),
    z.object({ kind: z.literal("table"), oid: z.int(NAMED_BY_OID).positive(NAMED_BY_OID) }),
  ],
  "Colocate with the default, with none, or with a table.",
);
export type ColocateWith = z.infer<typeof colocateWithSchema>;

const tableOid = z.int(NAMED_BY_OID).positive(NAMED_BY_OID);

const NO_COLUMN = "Choose the distribution column.";

/** What somebody picked for one table. A shard count out of range passes here: the preflight has the better sentence. */
const distributeChoiceSchema = z.object({
  column: z.string(NO_COLUMN).min(1, NO_COLUMN),
  colocateWith: colocateWithSchema,
  /** null: citus.shard_count, or that of the table it is colocated with. */
  shardCount: z.number("A shard count is a whole number.").nullable(),
});
export type DistributeChoice = z.infer<typeof distributeChoiceSchema>;

export const tableInput = z.object({ clusterId: clusterIdSchema, table: tableOid });
export type TableInput = z.infer<typeof tableInput>;

export const distributeInput = tableInput.extend(distributeChoiceSchema.shape);
export type DistributeInput = z.infer<typeof distributeInput>;

export const undistributeInput = tableInput.extend({ cascade: z.boolean() });
export type UndistributeInput = z.infer<typeof undistributeInput>;
