import type { NodeId } from "./node";
import { lagOf, type Replication } from "./replication";

/** Seconds that the worst standby of a node is behind; null: it has none, or the node did not answer. */
export function worstLagOf(replication: Pick<Replication, "standbys">, nodeId: NodeId): number | null {
  const lags = replication.standbys
    .filter((standby) => standby.nodeId === nodeId && standby.kind === "standby")
    .flatMap((standby) => lagOf(standby)?.seconds ?? []);
  return lags.length > 0 ? Math.max(...lags) : null;
}
