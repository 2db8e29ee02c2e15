"use client";
import { Bytes } from "@/components/ui/quantity";
import { VirtualTable } from "@/components/ui/virtual-table";
import type { ClusterNode } from "@/lib/domain/node";
import type { RebalancePlan } from "@/lib/domain/rebalance";
import { countOf } from "@/lib/format/count";
import { MoveRoute, routeWidth } from "./move-route";

type Props = { plan: RebalancePlan; nodes: readonly ClusterNode[] };

/** Every move of the chosen plan in the order in which Citus would do them; folded, because the sums stand above. */
export function PlannedMoves({ plan, nodes }: Props) {
  const rows = plan.moves.map((move, position) => ({ ...move, position: position + 1 }));
  return (
    <details className="border-line border-t">
      <summary className="px-3.5 py-2 text-12">
        {countOf(plan.moves.length, "move")} of <span className="font-mono">{plan.strategy}</span>, one by one
      </summary>
      <VirtualTable
        label={`Moves of ${plan.strategy}`}
        rows={rows}
        rowKey={(row) => row.position}
        rowHeight={26}
        minWidth={640}
        className="relative max-h-72 border-line border-t"
        columns={[
          { id: "position", head: "#", width: "48px", right: true, cell: (row) => row.position },
          { id: "group", head: "Shard group", width: "110px", mono: true, cell: (row) => Math.min(...row.shardIds) },
          { id: "tables", head: "Tables", cell: (row) => row.tables.join(", ") },
          {
            id: "route",
            head: "From → to",
            width: routeWidth(nodes),
            cell: (row) => <MoveRoute move={row} nodes={nodes} />,
          },
          {
            id: "bytes",
            head: "Size",
            width: "100px",
            right: true,
            cell: (row) => <Bytes value={row.bytes} unknown="its source did not report it" />,
          },
        ]}
      />
    </details>
  );
}
