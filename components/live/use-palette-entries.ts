import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PaletteEntry } from "@/components/shell/palette-entries";
import type { ClusterId } from "@/lib/domain/cluster";
import { addressOf } from "@/lib/domain/node";
import { nodeQueries } from "@/lib/queries/nodes";
import { routes } from "@/lib/routes";

/** Nodes, so that Ctrl K finds them by their address. */
export function usePaletteEntries(clusterId: ClusterId): PaletteEntry[] {
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes;
  return useMemo(
    () =>
      (nodes ?? []).map((node) => ({
        id: `node ${node.id}`,
        label: addressOf(node),
        kind: "Node",
        icon: "node" as const,
        href: routes.nodes(clusterId),
      })),
    [nodes, clusterId],
  );
}
