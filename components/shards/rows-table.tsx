"use client";
import { memo } from "react";
import { Bar } from "@/components/ui/bar";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { Unknown } from "@/components/ui/unknown";
import { type VirtualColumn, VirtualTable } from "@/components/ui/virtual-table";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { isCoordinator } from "@/lib/domain/node";
import { type Heat, type Rate, totalRate } from "@/lib/domain/shard-activity";
import type { Rows, ShardRow } from "@/lib/domain/shard-rows";
import type { ShardView } from "@/lib/domain/shard-view";
import { formatCount } from "@/lib/format/count";
import { perSecond } from "./activity-words";

type Props = {
  picture: ClusterPicture;
  rows: Rows<ShardRow>;
  view: Pick<ShardView, "rows" | "sort" | "direction" | "group">;
  /** What Citus measured when it was asked, by shard id and node group. */
  exact: ReadonlyMap<string, number | null>;
  /** How busy each group is, while the map is coloured by it. */
  heat: Heat | null;
  onOpen: (groupId: number) => void;
  onSort: (changes: Pick<ShardView, "sort" | "direction">) => void;
};

/** Groups or shards, as many as there are; Enter or a click opens the group. */
export const RowsTable = memo(function RowsTable({ picture, rows, view, exact, heat, onOpen, onSort }: Props) {
  const columns = view.rows === "groups" ? groupColumns(picture, heat) : shardColumns(picture, exact);
  function sort(columnId: string) {
    const chosen = columns.find((column) => column.id === columnId);
    const isSame = columnId === view.sort;
    const startsDown = chosen?.right === true;
    const direction = isSame ? flipped(view.direction) : startsDown ? "descending" : "ascending";
    onSort({ sort: columnId as ShardView["sort"], direction });
  }
  return (
    <VirtualTable
      label={view.rows === "groups" ? "Shard groups" : "Shards"}
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      onOpen={(row) => onOpen(row.group.id)}
      selectedKey={view.rows === "groups" ? (view.group ?? undefined) : undefined}
      sort={{ columnId: view.sort, direction: view.direction }}
      onSort={sort}
      minWidth={560}
      className="max-h-[430px] [&_td:first-child]:pl-5! [&_th:first-child]:pl-5!"
    />
  );
});

function flipped(direction: ShardView["direction"]): ShardView["direction"] {
  return direction === "ascending" ? "descending" : "ascending";
}

function groupColumns(picture: ClusterPicture, heat: Heat | null): VirtualColumn<ShardRow>[] {
  return [
    { id: "id", head: "Group", width: "104px", mono: true, sortable: true, cell: (row) => row.id },
    {
      id: "table",
      head: "Tables",
      sortable: true,
      mono: true,
      cell: (row) => <span title={row.tables}>{row.tables}</span>,
    },
    { id: "node", head: "Node", width: "132px", sortable: true, cell: (row) => <Where picture={picture} row={row} /> },
    { id: "range", head: "Hash range from", width: "128px", right: true, mono: true, sortable: true, cell: rangeOf },
    { id: "bytes", head: "Bytes", width: "92px", right: true, sortable: true, cell: (row) => <Size row={row} /> },
    {
      id: "median",
      head: "vs. median",
      width: "132px",
      right: true,
      sortable: true,
      cell: (row) => <Times row={row} />,
    },
    ...(heat ? rateColumns(heat) : []),
  ];
}

function rateColumns(heat: Heat): VirtualColumn<ShardRow>[] {
  const column = (id: string, head: string, of: (rate: Rate) => number): VirtualColumn<ShardRow> => ({
    id,
    head,
    width: "92px",
    right: true,
    cell: ({ group }) => {
      const rate = totalRate(heat, group);
      return rate ? perSecond(of(rate)) : <Unknown because="its activity is not known on each of its nodes" />;
    },
  });
  return [
    column("reads", "Reads/s", (rate) => rate.readsPerSecond),
    column("writes", "Written/s", (rate) => rate.writesPerSecond),
  ];
}

function shardColumns(picture: ClusterPicture, exact: Props["exact"]): VirtualColumn<ShardRow>[] {
  const measured = exact.size > 0;
  return [
    {
      id: "id",
      head: "Shard",
      sortable: true,
      mono: true,
      cell: (row) => <span title={row.shardName ?? ""}>{row.shardName}</span>,
    },
    { id: "table", head: "Table", width: "152px", sortable: true, mono: true, cell: (row) => row.tables },
    { id: "group", head: "Group", width: "88px", mono: true, cell: (row) => row.group.id },
    { id: "node", head: "Node", width: "120px", sortable: true, cell: (row) => <Where picture={picture} row={row} /> },
    { id: "bytes", head: "Bytes", width: "92px", right: true, sortable: true, cell: (row) => <Size row={row} /> },
    ...(measured
      ? [
          {
            id: "exact",
            head: "By Citus",
            width: "92px",
            right: true,
            cell: (row: ShardRow) => <Exact row={row} exact={exact} />,
          },
        ]
      : []),
  ];
}

function Where({ picture, row }: { picture: ClusterPicture; row: ShardRow }) {
  if (row.nodeIds.length > 1) return <span title={row.nodes}>{formatCount(row.nodeIds.length)} nodes</span>;
  const node = picture.primaries.find((one) => one.id === row.nodeIds[0]);
  if (!node) return <Unknown because="no active node holds it" />;
  return (
    <NodeName
      nodeId={node.id}
      host={node.host}
      port={node.port}
      isCoordinator={isCoordinator(node)}
      short={picture.names.get(node.id)}
    />
  );
}

function rangeOf(row: ShardRow) {
  return row.group.min === null ? <span className="text-text-3">no range</span> : formatCount(row.group.min);
}

function Size({ row }: { row: ShardRow }) {
  return <Bytes value={row.bytes} isEstimate={!row.isExact} unknown="its node did not tell the size" />;
}

/** The bar ends at twice the median, as the colours do: what is beyond is seen by the number. */
function Times({ row }: { row: ShardRow }) {
  const times = row.timesMedian;
  if (times === null) return <Unknown because="the size of the group or of its column is not known" />;
  return (
    <span className="flex items-center gap-1.5">
      <Bar className="w-16" fraction={times / 2} colour="var(--by-5)" />
      <span className="flex-1">{times.toFixed(1)} ×</span>
    </span>
  );
}

function Exact({ row, exact }: { row: ShardRow; exact: Props["exact"] }) {
  const measured = row.group.groupIds
    .map((groupId) => exact.get(`${row.id}:${groupId}`))
    .find((bytes) => bytes !== undefined);
  if (measured === undefined) return <span className="text-text-3">not asked</span>;
  return <Bytes value={measured} unknown="Citus got no answer from its node" />;
}
