import "server-only";
import { z } from "zod";
import { int8 } from "@/server/pg/columns";
import { sql, statement } from "@/server/pg/sql";

/**
 * Every node the coordinator knows, with how many shard placements its group holds.
 *
 * Reads Citus' own catalogs only, so it still answers while workers are down. Joined on groupid, not nodename: a node can
 * be re-added under the same name with a new group. Clone columns came with 13.2 and are read through the row as JSON, so
 * that one statement serves every version.
 */
export const listNodes = statement({
  name: "nodes.list",
  access: "read",
  fanOut: "none",
  text: sql`
    select n.nodeid, n.groupid, n.nodename, n.nodeport, n.noderole::text as noderole, n.isactive, n.hasmetadata,
           n.metadatasynced, n.shouldhaveshards,
           coalesce((to_jsonb(n) ->> 'nodeisclone')::boolean, false) as is_clone,
           (select count(*) from pg_catalog.pg_dist_placement p where p.groupid = n.groupid and n.noderole = 'primary') as placements
      from pg_catalog.pg_dist_node n
     where n.nodecluster = current_setting('citus.cluster_name')
     order by n.groupid, n.noderole, n.nodeid`,
  values: () => [],
  row: z.object({
    nodeid: z.int(),
    groupid: z.int(),
    nodename: z.string(),
    nodeport: z.int(),
    noderole: z.enum(["primary", "secondary", "unavailable"]),
    isactive: z.boolean(),
    hasmetadata: z.boolean(),
    metadatasynced: z.boolean(),
    shouldhaveshards: z.boolean(),
    is_clone: z.boolean(),
    placements: int8,
  }),
});
