import { formatBytes } from "../format/bytes";
import type { NodeLoad } from "./balance";
import type { ClusterPicture } from "./cluster-picture";
import { isCoordinator, type NodeId } from "./node";
import { amountOf, type Measure } from "./skew";

/** One node's amount, as the charts draw it. null: it is not known, or not in full. */
export type NodeAmount = { nodeId: NodeId; name: string; isCoordinator: boolean; value: number | null };

/** What each node holds, under its shortest name. */
export function amountsOf(
  { names }: Pick<ClusterPicture, "names">,
  loads: readonly NodeLoad[],
  measure: Measure,
): NodeAmount[] {
  const bySize = measure === "bytes" || measure === "weight";
  return loads.map((load) => ({
    nodeId: load.node.id,
    name: names.get(load.node.id) ?? "",
    isCoordinator: isCoordinator(load.node),
    value: bySize && load.isPartial ? null : amountOf(load, measure),
  }));
}

export type Spread = { parts: (NodeAmount & { value: number })[]; sentence: string };

/** How the bytes of one thing lie on the nodes. null: some node did not tell all its sizes, so the shares are not known. */
export function spreadOf(picture: Pick<ClusterPicture, "names">, loads: readonly NodeLoad[]): Spread | null {
  if (loads.some((load) => load.isPartial)) return null;
  const parts = amountsOf(picture, loads, "bytes").map((part) => ({ ...part, value: part.value ?? 0 }));
  return { parts, sentence: parts.map((part) => `${part.name} ${formatBytes(part.value)}`).join(", ") };
}
