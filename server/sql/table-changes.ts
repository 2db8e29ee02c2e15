import "server-only";
import { z } from "zod";
import { sql, statement } from "@/server/pg/sql";

type Table = { table: string };
type Column = Table & { column: string };

/** These functions return nothing; what they have to say comes as NOTICE. */
const nothing = z.record(z.string(), z.unknown());

/** Distributes by hash into citus.shard_count shards, colocated with the first group of equal type and shard count. */
export const distribute = statement({
  name: "tables.distribute",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.create_distributed_table($1::regclass, $2)`,
  values: ({ table, column }: Column) => [table, column],
  row: nothing,
});

/** As `distribute`, with a shard count of its own. */
export const distributeInShards = statement({
  name: "tables.distributeInShards",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.create_distributed_table(
      $1::regclass, $2, shard_count => $3
    )`,
  values: ({ table, column, shardCount }: Column & { shardCount: number }) => [table, column, shardCount],
  row: nothing,
});

/** Distributes beside another table (its qualified name), or with `none` in a colocation group of its own. */
export const distributeWith = statement({
  name: "tables.distributeWith",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.create_distributed_table(
      $1::regclass, $2, colocate_with => $3
    )`,
  values: ({ table, column, colocateWith }: Column & { colocateWith: string }) => [table, column, colocateWith],
  row: nothing,
});

/** In a colocation group of its own with a shard count of its own. Citus refuses the count beside a table's name. */
export const distributeAlone = statement({
  name: "tables.distributeAlone",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.create_distributed_table(
      $1::regclass, $2, colocate_with => 'none', shard_count => $3
    )`,
  values: ({ table, column, shardCount }: Column & { shardCount: number }) => [table, column, shardCount],
  row: nothing,
});

/** Copies the whole table to every node. */
export const createReference = statement({
  name: "tables.createReference",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.create_reference_table($1::regclass)`,
  values: ({ table }: Table) => [table],
  row: nothing,
});

/** Brings all rows back to the coordinator into a new table of the same name; the oid changes. */
export const undistribute = statement({
  name: "tables.undistribute",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.undistribute_table($1::regclass)`,
  values: ({ table }: Table) => [table],
  row: nothing,
});

/** The same for every table that foreign keys tie to this one, over any number of steps. */
export const undistributeWithTies = statement({
  name: "tables.undistributeWithTies",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.undistribute_table(
      $1::regclass, cascade_via_foreign_keys => true
    )`,
  values: ({ table }: Table) => [table],
  row: nothing,
});

/** Removes the rows that stayed on the coordinator when the table was distributed: no query sees them. Shards are not touched. */
export const truncateLocal = statement({
  name: "tables.truncateLocal",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.truncate_local_data_after_distributing_table($1::regclass)`,
  values: ({ table }: Table) => [table],
  row: nothing,
});
