import { z } from "zod";
import { listOf } from "./node-names";
import { tableFactsSchema } from "./table-facts";

/** A hash-distributed table: what another may be colocated with. */
export const colocationTargetSchema = z.object({
  oid: z.number(),
  name: z.string(),
  quotedName: z.string(),
  column: z.string(),
  plainType: z.string(),
  collation: z.string().nullable(),
  colocationId: z.int(),
});
export type ColocationTarget = z.infer<typeof colocationTargetSchema>;

/** A colocation group of hash-distributed tables, as Citus looks one up for `colocate_with => 'default'`. */
export const hashGroupSchema = z.object({
  id: z.int(),
  shardCount: z.int(),
  replicationFactor: z.int(),
  plainType: z.string(),
});
export type HashGroup = z.infer<typeof hashGroupSchema>;

/** What the rest of the cluster has to say about distributing a table. */
export const surroundingsSchema = z.object({
  /** citus.shard_count, citus.shard_replication_factor and citus.enable_unsafe_triggers as the login that makes changes has them. */
  shardCount: z.int(),
  replicationFactor: z.int(),
  unsafeTriggers: z.boolean(),
  login: z.string(),
  coordinatorRegistered: z.boolean(),
  /** Active primaries. `silent`: it did not answer just now. */
  nodes: z.array(z.object({ name: z.string(), mayHoldShards: z.boolean(), silent: z.boolean() })),
  targets: z.array(colocationTargetSchema),
  groups: z.array(hashGroupSchema),
});
export type Surroundings = z.infer<typeof surroundingsSchema>;

/** The answer to "what may be done with this table": the facts, from which the browser draws the form with the same rules. */
export const preflightSchema = z.object({ table: tableFactsSchema, around: surroundingsSchema });
export type Preflight = z.infer<typeof preflightSchema>;

/** The names of tables in one colocation group: "public.customers, public.orders and public.order_items". */
export function tablesOfGroup(around: Surroundings, colocationId: number): string {
  return listOf(around.targets.filter((target) => target.colocationId === colocationId).map((target) => target.name));
}
