import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

type Address = { host: string; port: number };
/** The function returns void, which the driver hands over as an empty text. */
const nothing = z.object({});

/** Registers a standby of a worker as its clone: known to Citus, and used for nothing until it is promoted. Citus 13.2. */
export const addClone = statement({
  name: "clones.add",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_add_clone_node(
             $1, $2, $3, $4) as nodeid`,
  values: ({ clone, primary }: { clone: Address; primary: Address }) => [
    clone.host,
    clone.port,
    primary.host,
    primary.port,
  ],
  row: z.object({ nodeid: z.int() }),
});

/**
 * Makes a clone a worker: blocks writes to its primary, waits until it has caught up, promotes it, and shares the shards between
 * the two in the catalogs. No row is copied: each has them all, and drops what is the other's.
 */
export const promoteClone = statement({
  name: "clones.promote",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_promote_clone_and_rebalance(
             $1, catchup_timeout_seconds => $2)`,
  values: ({ nodeId, catchUpSeconds }: { nodeId: number; catchUpSeconds: number }) => [nodeId, catchUpSeconds],
  row: nothing,
});

/** Takes a clone that was not promoted out of the metadata. Its PostgreSQL goes on replicating. */
export const removeClone = statement({
  name: "clones.remove",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_remove_clone_node($1, $2)`,
  values: ({ host, port }: Address) => [host, port],
  row: nothing,
});

/**
 * Where each shard of a worker would be after its clone is promoted. Asked as the admin login: it is closed to PUBLIC. By names, of
 * which Citus says no more than "Clone Node" and "Primary Node".
 */
export const clonePlan = statement({
  name: "clones.plan",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select shardid, placement_node = 'Clone Node' as goes_to_clone
      from pg_catalog.get_snapshot_based_node_split_plan($1, $2, $3, $4)
     order by shardid`,
  values: ({ clone, primary }: { clone: Address; primary: Address }) => [
    primary.host,
    primary.port,
    clone.host,
    clone.port,
  ],
  row: z.object({ shardid: int8, goes_to_clone: z.boolean() }),
});
