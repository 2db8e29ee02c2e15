"use client";
import { useQuery } from "@tanstack/react-query";
import { Chip } from "@/components/ui/chip";
import { CopyButton } from "@/components/ui/copy-button";
import { Drawer } from "@/components/ui/drawer";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { fullName } from "@/lib/domain/table-facts";
import type { TableRow } from "@/lib/domain/table-rows";
import { KIND_SENTENCES, KIND_WORDS } from "@/lib/domain/table-sentences";
import { tableQueries } from "@/lib/queries/tables";
import { LeftoverNote } from "./leftover-note";
import { TableActions } from "./table-actions";
import type { OpenDialog } from "./table-dialog";
import { TableFactsList } from "./table-facts-list";
import { TableShape } from "./table-shape";
import { TableShares } from "./table-shares";

type Props = {
  clusterId: ClusterId;
  picture: ClusterPicture;
  row: TableRow;
  onAct: (kind: OpenDialog["kind"]) => void;
  onClose: () => void;
};

/** One table: what it is, where its shards are, its columns and keys, and what can be done with it. */
export function TablePanel({ clusterId, picture, row, onAct, onClose }: Props) {
  // The live topic has plain tables with all their columns; of Citus' own the one that is opened is asked for, once.
  const preflight = useQuery({
    ...tableQueries.preflight({ clusterId, table: row.oid }),
    enabled: row.facts === null,
    refetchOnWindowFocus: false,
  });
  const facts = row.facts ?? preflight.data?.table ?? null;
  return (
    <Drawer
      open
      onClose={onClose}
      label={`Table ${fullName(row)}`}
      className="max-h-[calc(100dvh-100px)] w-[340px]! rounded-3 border"
      title={
        <div className="flex flex-wrap items-center gap-1.5">
          <span className="min-w-0 break-all font-mono text-14">
            <span className="text-text-3">{row.schema}.</span>
            <span className="font-medium">{row.name}</span>
          </span>
          <Chip>{KIND_WORDS[row.kind]}</Chip>
        </div>
      }
      footer={<TableActions row={row} facts={facts} onAct={onAct} />}
    >
      <p className="text-pretty text-12 text-text-2">{KIND_SENTENCES[row.kind]}</p>
      <div className="mt-2">
        <CopyButton text={facts?.quotedName ?? fullName(row)} label="Copy name" />
      </div>
      <TableFactsList row={row} />
      {row.leftoverBytes > 0 && <LeftoverNote bytes={row.leftoverBytes} onAct={() => onAct("truncate")} />}
      {row.measure && <TableShares picture={picture} measure={row.measure} kind={row.kind} />}
      {facts ? (
        <TableShape facts={facts} distributionColumn={row.distributionColumn} />
      ) : preflight.error ? (
        <ProblemBanner problem={problemOf(preflight.error)} className="mt-3" consequence="Its columns are not known." />
      ) : (
        <div role="status" aria-label="The columns are being read" className="mt-4 grid gap-2">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-3 w-32" />
        </div>
      )}
    </Drawer>
  );
}
