import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { PaletteEntry } from "@/components/shell/palette-entries";
import type { ClusterId } from "@/lib/domain/cluster";
import { addressOf } from "@/lib/domain/node";
import { fullName } from "@/lib/domain/table-facts";
import { nodeQueries } from "@/lib/queries/nodes";
import { topologyQueries } from "@/lib/queries/topology";
import { routes } from "@/lib/routes";

/** Nodes by their address and tables by their name, so that Ctrl K finds them. */
export function usePaletteEntries(clusterId: ClusterId): PaletteEntry[] {
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes;
  const tables = useQuery(topologyQueries.layout(clusterId)).data?.data?.tables;
  return useMemo(() => {
    const ofNodes = (nodes ?? []).map((node) => ({
      id: `node ${node.id}`,
      label: addressOf(node),
      kind: "Node",
      icon: "node" as const,
      href: routes.nodes(clusterId),
    }));
    const ofTables = (tables ?? []).map((table) => ({
      id: `table ${table.oid}`,
      label: fullName(table),
      kind: "Table",
      icon: "table" as const,
      href: routes.table(clusterId, fullName(table)),
    }));
    return [...ofNodes, ...ofTables];
  }, [nodes, tables, clusterId]);
}
