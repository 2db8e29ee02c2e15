import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

type Address = { host: string; port: number };
const valuesOf = ({ host, port }: Address) => [host, port];
/** The function returns void, which the driver hands over as an empty text. */
const nothing = z.object({});

/** Registers a worker, copies the metadata to it and activates it. No shard moves, and no reference table is copied yet. */
export const addNode = statement({
  name: "nodes.add",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_add_node($1, $2) as nodeid`,
  values: valuesOf,
  row: z.object({ nodeid: z.int() }),
});

/** Registers a standby in its primary's group. Citus does not look whether it is one. */
export const addSecondary = statement({
  name: "nodes.addSecondary",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_add_secondary_node($1, $2, $3, $4) as nodeid`,
  values: ({ secondary, primary }: { secondary: Address; primary: Address }) => [
    ...valuesOf(secondary),
    ...valuesOf(primary),
  ],
  row: z.object({ nodeid: z.int() }),
});

/** The address under which workers find the coordinator; registers it where it was not. */
export const setCoordinatorHost = statement({
  name: "nodes.setCoordinatorHost",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_set_coordinator_host($1, $2)`,
  values: valuesOf,
  row: nothing,
});

/** Brings an inactive node back: metadata is copied to it again. */
export const activateNode = statement({
  name: "nodes.activate",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_activate_node($1, $2) as nodeid`,
  values: valuesOf,
  row: z.object({ nodeid: z.int() }),
});

/**
 * Takes a node out of use. Synchronous: without it Citus refuses the first worker, and leaves every other node out of
 * sync for some seconds, in which no other change of nodes works.
 */
export const disableNode = statement({
  name: "nodes.disable",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_disable_node($1, $2, synchronous => true)`,
  values: valuesOf,
  row: nothing,
});

/** Takes a node out of the metadata of every node. Its own PostgreSQL and its data stay as they are. */
export const removeNode = statement({
  name: "nodes.remove",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`select pg_catalog.citus_remove_node($1, $2)`,
  values: valuesOf,
  row: nothing,
});

/** Opens a node for shards or closes it. Moves nothing by itself; every node with metadata has to be reachable. */
export const setMayHoldShards = statement({
  name: "nodes.setMayHoldShards",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_set_node_property(
             $1, $2, 'shouldhaveshards', $3)`,
  values: ({ mayHoldShards, ...address }: Address & { mayHoldShards: boolean }) => [
    ...valuesOf(address),
    mayHoldShards,
  ],
  row: nothing,
});

/**
 * Starts to empty every node that is closed for shards, in the background. citus_drain_node would do it in the
 * foreground and return with the last move, which may be hours later. NULL: there was nothing to move.
 */
export const startDrain = statement({
  name: "nodes.startDrain",
  access: "ops",
  fanOut: "all-nodes",
  text: sql`
    select pg_catalog.citus_rebalance_start(
             drain_only => true,
             shard_transfer_mode => $1) as job_id`,
  values: ({ mode }: { mode: string }) => [mode],
  row: z.object({ job_id: int8.nullable() }),
});
