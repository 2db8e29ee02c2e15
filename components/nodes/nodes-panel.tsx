"use client";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TitledPanel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import type { ClusterId } from "@/lib/domain/cluster";
import type { NodeRow } from "@/lib/domain/node-rows";
import { mayAddNodes, type NodesAndHoldings } from "@/lib/domain/node-rules";
import { silenceSentence } from "@/lib/domain/node-sentences";
import { roleWord } from "@/lib/domain/node-state";
import { useReadNodesNow } from "@/lib/queries/nodes";
import type { OpenDialog } from "./node-dialog";
import { NodesTable } from "./nodes-table";

type Props = {
  clusterId: ClusterId;
  rows: readonly NodeRow[];
  state: NodesAndHoldings;
  /** The nodes themselves have been asked at least once. */
  areAsked: boolean;
  onOpen: (dialog: OpenDialog) => void;
};

export function NodesPanel({ clusterId, rows, state, areAsked, onOpen }: Props) {
  const reading = useReadNodesNow(clusterId);
  const becauseAdd = useBecause("node:add", mayAddNodes(state.nodes));
  const add = (
    <Button
      variant={rows.length > 1 ? "default" : "primary"}
      icon="plus"
      because={becauseAdd}
      onClick={() => onOpen({ kind: "add" })}
    >
      Add node…
    </Button>
  );
  const hasWorkers = rows.some((row) => roleWord(row.node) === "worker");
  const partial = silenceSentence(rows);
  return (
    <TitledPanel
      title="Nodes"
      note={partial === null ? undefined : <span className="text-warn">{partial}</span>}
      actions={
        <>
          <Button icon="refresh" busy={reading.isPending} onClick={() => reading.mutate()}>
            Read now
          </Button>
          {hasWorkers && add}
        </>
      }
    >
      {reading.error && <ProblemBanner className="m-3" problem={problemOf(reading.error)} />}
      {rows.length > 0 && <NodesTable rows={rows} state={state} areAsked={areAsked} onOpen={onOpen} />}
      {!hasWorkers && (
        <EmptyState
          kind="nothing-yet"
          detail="Until then every shard lies on the coordinator. A worker is a running PostgreSQL with this database and the extension citus."
          action={add}
        >
          This cluster has no worker yet.
        </EmptyState>
      )}
    </TitledPanel>
  );
}
