"use client";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { EmptyState } from "@/components/ui/empty-state";
import { Segmented } from "@/components/ui/segmented";
import { TextField } from "@/components/ui/text-field";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MapColumn } from "@/lib/domain/map-columns";
import type { ExactShards } from "@/lib/domain/shard";
import type { Heat } from "@/lib/domain/shard-activity";
import type { Rows, ShardRow } from "@/lib/domain/shard-rows";
import type { ShardView } from "@/lib/domain/shard-view";
import { countOf, formatCount } from "@/lib/format/count";
import { RowsTable } from "./rows-table";

type Props = {
  picture: ClusterPicture;
  columns: readonly MapColumn[];
  /** What the filter lets through, sorted. undefined: not found out yet. */
  rows: Rows<ShardRow> | undefined;
  /** How busy each group is, while the map is coloured by it. */
  heat: Heat | null;
  view: ShardView;
  /** The view that the rows are of: a moment behind while somebody types. */
  settled: ShardView;
  exact: ExactShards | undefined;
  onOpen: (groupId: number) => void;
  onChange: (changes: Partial<ShardView>) => void;
};

const NO_ROWS: Rows<ShardRow> = [];

/** The shard groups, or the shards, as a table with its filter. */
export function TablePanel({ picture, columns, rows: known, heat, view, settled, exact, onOpen, onChange }: Props) {
  const rows = known ?? NO_ROWS;
  const all = settled.rows === "groups" ? picture.groupColumns.count : picture.topology.shards.count;
  const many = countOf(all, settled.rows === "groups" ? "shard group" : "shard");
  const measured = useMemo(() => exactByPlace(exact), [exact]);
  const clear = () => onChange({ filter: "", node: null, column: null });
  return (
    <section aria-label="Shards as a table" className="flex min-w-0 flex-1 flex-col bg-surface-1">
      <div className="flex min-h-11 flex-wrap items-center gap-2 border-line border-b py-1.5 pr-3 pl-5 max-md:pl-3">
        <Segmented
          label="Rows"
          value={view.rows}
          options={[
            { value: "groups", label: "Shard groups" },
            { value: "shards", label: "Shards" },
          ]}
          onChange={(kind) => onChange({ rows: kind })}
        />
        <TextField
          label="Filter shards"
          hideLabel
          icon="filter"
          placeholder="Filter by id, table or node"
          value={view.filter}
          onChange={(filter) => onChange({ filter })}
          className="w-56"
          data-filter=""
        />
        <Chosen picture={picture} columns={columns} view={view} onChange={onChange} />
        <span role="status" className="ml-auto text-12 text-text-3">
          {known === undefined || rows.length === all ? many : `${formatCount(rows.length)} of ${many}`}
        </span>
      </div>
      {known?.length === 0 ? (
        <EmptyState kind="no-match" action={<Button onClick={clear}>Clear the filter</Button>}>
          {settled.filter === "" ? "No shard matches what is chosen." : `No shard matches "${settled.filter}".`}
        </EmptyState>
      ) : (
        <RowsTable
          picture={picture}
          rows={rows}
          view={settled}
          exact={measured}
          heat={heat}
          onOpen={onOpen}
          onSort={onChange}
        />
      )}
    </section>
  );
}

type ChosenProps = Pick<Props, "picture" | "columns" | "view" | "onChange">;

/** What was chosen in the heads of the map, to be taken away again. */
function Chosen({ picture, columns, view, onChange }: ChosenProps) {
  const node = picture.primaries.find((one) => one.groupId === view.node);
  const column = columns.find((one) => one.key === view.column);
  const nodeName = node ? (picture.names.get(node.id) ?? "") : `node group ${view.node}`;
  const columnName = column ? column.tables.join(", ") : view.column;
  return (
    <>
      {view.node !== null && (
        <Chip
          mono
          onRemove={() => onChange({ node: null })}
          removeLabel={`Do not filter by ${nodeName}`}
          className="h-6"
        >
          {nodeName}
        </Chip>
      )}
      {view.column !== null && (
        <Chip
          mono
          onRemove={() => onChange({ column: null })}
          removeLabel={`Do not filter by ${columnName}`}
          className="h-6 max-w-60"
        >
          <span className="truncate">{columnName}</span>
        </Chip>
      )}
    </>
  );
}

function exactByPlace(exact: ExactShards | undefined): ReadonlyMap<string, number | null> {
  return new Map(exact?.shards.map((shard) => [`${shard.shardId}:${shard.groupId}`, shard.bytes]));
}
