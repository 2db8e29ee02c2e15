import { z } from "zod";
import { type FromNode, fromNodeSchema } from "./from-node";

/** What a node says about itself. A secondary says it too; a node that does not answer has a problem in the place of this. */
export const nodeFactsSchema = z.object({
  postgresVersion: z.string(),
  /** citus_version() without its platform: "Citus 13.2.2". */
  citusVersion: z.string(),
  extensionVersion: z.string(),
  /** Client sessions, ours and those of Citus between nodes included. */
  connectionsUsed: z.int(),
  connectionsMax: z.int(),
  /** Of the file system that holds the data folder; null: this version does not tell, or this login may not ask. */
  diskFreeBytes: z.number().nullable(),
  diskTotalBytes: z.number().nullable(),
  inRecovery: z.boolean(),
  walLevel: z.string(),
  /** PostgreSQL minors of late 2026 list the libraries that may decode; null: this one has no such list. */
  outputPluginLibraries: z.string().nullable(),
  /** Epoch milliseconds by the node's own clock. */
  startedAt: z.number(),
  /** Seconds since then, by the node's own clock: needs no agreement of clocks. */
  uptimeSeconds: z.number(),
});
/** Why a node that answers may not say how full its disk is. */
export const NO_DISK_STATS =
  "this Citus version does not tell, or the read login lacks EXECUTE on citus_local_disk_space_stats()";
export type NodeFacts = z.infer<typeof nodeFactsSchema>;

/** The topic `node-facts`: one answer for every row of pg_dist_node, failed or not. */
export const nodeFactsTopicSchema = z.object({ answers: z.array(fromNodeSchema(nodeFactsSchema)) });
export type NodeFactsTopic = { answers: FromNode<NodeFacts>[] };
