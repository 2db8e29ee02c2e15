import type { ClusterPicture } from "./cluster-picture";
import { plannerInputOf, shippedWeighing } from "./planner-input";
import { planMoves } from "./rebalance-plan";
import { SHIPPED_OPTIONS } from "./shipped-strategies";

export type WouldMove = { moves: number; bytes: number };

/**
 * What citus_rebalance_start() with by_disk_size would move now, by our own run of its algorithm over the measured sizes.
 * Costs no statement; the plan that counts is Citus' own, on the screen Rebalance. null: a size is not known.
 */
export function rebalanceWould(picture: ClusterPicture): WouldMove | null {
  const input = picture.isMeasured ? plannerInputOf(picture, shippedWeighing("by_disk_size")) : null;
  if (!input) return null;
  const moves = planMoves(input.nodes, input.groups, SHIPPED_OPTIONS.by_disk_size);
  const bytes = moves.reduce((sum, move) => sum + (picture.groupOfShard.get(move.shardId)?.bytes ?? 0), 0);
  return { moves: moves.length, bytes };
}
