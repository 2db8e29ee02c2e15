import type { ReactNode } from "react";
import { StatusWord } from "@/components/ui/status-word";
import type { TableRow } from "@/lib/domain/table-rows";
import { formatCount } from "@/lib/format/count";
import { BytesCell, RowsCell } from "./table-cells";

/** What is known of the table, line by line; what does not apply to its kind is left out. */
export function TableFactsList({ row }: { row: TableRow }) {
  return (
    <dl className="mt-3 grid grid-cols-[96px_minmax(0,1fr)] gap-x-2 gap-y-1 text-12 [&_dt]:text-text-3">
      {row.distributionColumn !== null && (
        <Line term="Distributed by">
          <span className="font-mono">{row.distributionColumn}</span>
        </Line>
      )}
      {row.colocationId !== null && (
        <Line term="Colocation">
          group {row.colocationId}, {row.mates.length === 0 ? "by itself" : `with ${row.mates.join(", ")}`}
        </Line>
      )}
      {row.shards !== null && <Line term="Shards">{formatCount(row.shards)}</Line>}
      <Line term="Bytes">
        <BytesCell row={row} />
        {row.kind === "reference" && <span className="text-text-3"> on each node</span>}
      </Line>
      {row.largestToMedian !== null && (
        <Line term="Skew">The largest shard is {row.largestToMedian.toFixed(1)} times the median one.</Line>
      )}
      <Line term="About rows">
        <RowsCell row={row} />
      </Line>
      {row.partitionCount > 0 && <Line term="Partitions">{formatCount(row.partitionCount)}</Line>}
      {row.replicaIdentity !== null && (
        <Line term="Identity">
          {row.lacksIdentity ? (
            <NoIdentity />
          ) : row.replicaIdentity === "none" ? (
            "none"
          ) : (
            row.replicaIdentity.replace("-", " ")
          )}
        </Line>
      )}
      <Line term="Owner">
        <span className="font-mono">{row.owner}</span>
      </Line>
      {row.accessMethod !== null && row.accessMethod !== "heap" && <Line term="Stored as">{row.accessMethod}</Line>}
    </dl>
  );
}

function NoIdentity() {
  return (
    <>
      <StatusWord tone="warn">none</StatusWord>
      <span className="block text-pretty text-text-2">
        Logical replication cannot carry its UPDATE and DELETE. In mode auto it stops a whole rebalance; a primary key
        cures that.
      </span>
    </>
  );
}

function Line({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
