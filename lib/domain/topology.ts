import { z } from "zod";
import { shardColumnsSchema } from "./shard-columns";

/** Citus' kinds of table; `schema` is a single-shard table of a distributed schema, `single-shard` one without a schema of its own. */
export const tableKindSchema = z.enum(["distributed", "reference", "schema", "single-shard", "local"]);
export type TableKind = z.infer<typeof tableKindSchema>;

/** A table that Citus knows (pg_dist_partition). */
export const citusTableSchema = z.object({
  /** regclass as a number: the identity of the table while the console looks at it. */
  oid: z.number(),
  schema: z.string(),
  name: z.string(),
  kind: tableKindSchema,
  distributionColumn: z.string().nullable(),
  /** 0: no colocation group (reference tables share one of their own). */
  colocationId: z.int(),
  owner: z.string(),
  accessMethod: z.string().nullable(),
  /** `none`: logical replication cannot carry UPDATE and DELETE; in mode auto one such table stops a whole rebalance. */
  replicaIdentity: z.enum(["primary-key", "index", "full", "none"]),
  isPartitioned: z.boolean(),
  /** oid of the parent where this is a partition. */
  partitionOf: z.number().nullable(),
});
export type CitusTable = z.infer<typeof citusTableSchema>;

export const colocationGroupSchema = z.object({
  id: z.int(),
  shardCount: z.int(),
  replicationFactor: z.int(),
  distributionColumnType: z.string().nullable(),
});
export type ColocationGroup = z.infer<typeof colocationGroupSchema>;

/** The topic `topology`: what is where, from the coordinator's catalogs only, so it is true while workers are down. */
export const topologySchema = z.object({
  tables: z.array(citusTableSchema),
  colocationGroups: z.array(colocationGroupSchema),
  shards: shardColumnsSchema,
});
export type Topology = z.infer<typeof topologySchema>;
