import { z } from "zod";
import { tableKindSchema } from "./topology";

export const tableColumnSchema = z.object({
  name: z.string(),
  /** As it was declared: "numeric(12,2)". */
  type: z.string(),
  /** Without length and precision: colocated tables must agree in this. */
  plainType: z.string(),
  isNotNull: z.boolean(),
  isGenerated: z.boolean(),
  isIdentity: z.boolean(),
  /** The type and everything it is made of has a default hash and btree operator class. */
  isHashable: z.boolean(),
  /** numeric(3,-2): rounds to hundreds, which Citus refuses as a distribution column. */
  hasNegativeScale: z.boolean(),
  collation: z.string().nullable(),
  isDeterministic: z.boolean(),
  /** How many sequences its default takes values from. */
  sequenceCount: z.int(),
  /** A column of a Citus table that takes values of another type from the same sequence: "public.t.id". */
  sequenceClash: z.string().nullable(),
});
export type TableColumn = z.infer<typeof tableColumnSchema>;

/** A primary key, unique constraint, unique index or exclusion constraint. */
export const tableKeySchema = z.object({
  name: z.string(),
  kind: z.enum(["primary", "unique", "exclusion"]),
  columns: z.array(z.string()),
  /** Columns that would keep it true as the distribution column: compared for equality, not an expression. */
  covers: z.array(z.string()),
  /** Columns that the index only carries (INCLUDE). Citus takes one as the distribution column, but it keeps nothing unique. */
  includes: z.array(z.string()),
});
export type TableKey = z.infer<typeof tableKeySchema>;

/** What a table is to Citus; `plain`: nothing. */
export const citusKindSchema = z.enum([...tableKindSchema.options, "plain"]);
export type CitusKind = z.infer<typeof citusKindSchema>;

const actionSchema = z.enum(["no action", "restrict", "cascade", "set null", "set default"]);

/** A foreign key seen from one of its two tables; `other` is the table at its far end. */
export const foreignKeySchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  otherOid: z.number(),
  otherName: z.string(),
  otherKind: citusKindSchema,
  otherColocationId: z.int(),
  otherDistributionColumn: z.string().nullable(),
  otherColumns: z.array(z.string()),
  onDelete: actionSchema,
  onUpdate: actionSchema,
});
export type ForeignKey = z.infer<typeof foreignKeySchema>;

/**
 * What the coordinator's catalogs say about one relation, as far as distributing it may depend on it. Keys, foreign keys,
 * triggers and policies of partitions are included: they stand against distributing the parent as well.
 */
export const tableFactsSchema = z.object({
  oid: z.number(),
  schema: z.string(),
  name: z.string(),
  /** Quoted where it has to be, with its schema: what regclass reads. */
  quotedName: z.string(),
  owner: z.string(),
  relationKind: z.enum(["table", "partitioned", "foreign table", "view", "materialized view", "other"]),
  citusKind: citusKindSchema,
  isTemporary: z.boolean(),
  isUnlogged: z.boolean(),
  isSystem: z.boolean(),
  /** The extension that owns it. */
  extension: z.string().nullable(),
  /** The login that makes changes has the rights of the owner. */
  isOwned: z.boolean(),
  /** The partitioned table it is a partition of, or a table it inherits from. */
  parent: z.object({ name: z.string(), isPartitioned: z.boolean() }).nullable(),
  hasInheritors: z.boolean(),
  partitionCount: z.int(),
  /** A partition that is itself partitioned, or a foreign table. */
  subPartitioned: z.string().nullable(),
  foreignPartition: z.string().nullable(),
  columns: z.array(tableColumnSchema),
  keys: z.array(tableKeySchema),
  foreignKeys: z.array(foreignKeySchema),
  referencedBy: z.array(foreignKeySchema),
  triggers: z.array(z.string()),
  hasRowSecurity: z.boolean(),
  /** Policies whose condition contains a subquery. */
  subqueryPolicies: z.array(z.string()),
  views: z.array(z.string()),
  /** null: never analysed. An estimate of PostgreSQL, summed over partitions. */
  rowEstimate: z.number().nullable(),
  /** Heap, indexes and TOAST on the coordinator; null: somebody holds an exclusive lock, so it could not be measured. */
  bytes: z.number().nullable(),
});
export type TableFacts = z.infer<typeof tableFactsSchema>;

/**
 * "public.orders", as people write it. A part that holds a dot or a quote stands in quotes, so that no two tables are written
 * alike: links and claims name a table by this.
 */
export function fullName(table: { schema: string; name: string }): string {
  return `${inQuotes(table.schema)}.${inQuotes(table.name)}`;
}

function inQuotes(part: string): string {
  return /[."]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part;
}
