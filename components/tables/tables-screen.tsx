"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { EstimateNote } from "@/components/live/estimate-note";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { measureTables } from "@/lib/domain/table-measures";
import { tableRows } from "@/lib/domain/table-rows";
import { tablesLine } from "@/lib/domain/table-sentences";
import { tableQueries } from "@/lib/queries/tables";
import { useClusterPicture } from "@/lib/queries/topology";
import { TablesView } from "./tables-view";

/** Every table, Citus' and plain. The layout is quick and always true; plain tables, sizes and row counts come as they come. */
export function TablesScreen({ clusterId }: { clusterId: ClusterId }) {
  const picture = useClusterPicture(clusterId);
  return (
    <>
      <ScreenHead title="Tables" />
      <LiveState query={picture} skeleton={<TablesSkeleton />}>
        {(known) => <Loaded clusterId={clusterId} picture={known} />}
      </LiveState>
    </>
  );
}

function TablesSkeleton() {
  return (
    <Panel>
      <SkeletonRows label="The tables are being read" rows={10} />
    </Panel>
  );
}

function Loaded({ clusterId, picture }: { clusterId: ClusterId; picture: ClusterPicture }) {
  const local = useQuery(tableQueries.local(clusterId));
  const known = local.data?.data ?? null;
  const measures = useMemo(() => measureTables(picture), [picture]);
  const rows = useMemo(() => tableRows(picture, known, measures), [picture, known, measures]);
  const problem = local.error ? problemOf(local.error) : (local.data?.problem ?? null);
  return (
    <>
      <ScreenHead title="Tables" context={tablesLine(rows)} />
      {problem && (
        <ProblemBanner
          problem={problem}
          tone="warn"
          consequence={
            known === null
              ? "Plain tables and row counts are not known. The tables in Citus are current."
              : "Plain tables and row counts are from the last good read."
          }
        />
      )}
      {rows.length === 0 && known !== null ? (
        <Panel>
          <EmptyState
            kind="nothing-yet"
            detail="Create one with CREATE TABLE on the coordinator; it appears here and can then be distributed."
          >
            This database has no table yet.
          </EmptyState>
        </Panel>
      ) : (
        <>
          <EstimateNote picture={picture} />
          <TablesView clusterId={clusterId} picture={picture} rows={rows} isLocalKnown={known !== null} />
        </>
      )}
    </>
  );
}
