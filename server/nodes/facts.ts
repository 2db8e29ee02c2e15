import "server-only";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import type { Target } from "@/server/clusters";
import { askNodes } from "@/server/pg/ask-nodes";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/nodes";
import { listNodes } from "./reads";

/**
 * Asks every node of pg_dist_node about itself: inactive ones too (may it be activated?), and secondaries and clones,
 * which Citus itself asks nothing. A node that fails is an answer with its problem.
 */
export async function readNodeFacts(target: Target): Promise<NodeFactsTopic> {
  const [nodes, [version]] = await Promise.all([listNodes(target), run(target, statements.hasDiskStats, undefined)]);
  return {
    answers: await askNodes(target, nodes, statements.ownFacts({ withDisk: version?.has_disk_stats ?? false })),
  };
}
