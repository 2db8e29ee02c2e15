"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { KINDS } from "@/lib/domain/group-columns";
import { isMovable } from "@/lib/domain/shard-groups";
import { countOf } from "@/lib/format/count";
import { jobQueries } from "@/lib/queries/jobs";
import { useClusterPicture } from "@/lib/queries/topology";
import { routes } from "@/lib/routes";
import { PastShards } from "./past-shards";
import { ShardsSkeleton } from "./shards-skeleton";
import { ShardsView } from "./shards-view";
import { TimeSlider } from "./time-slider";
import { useMoment } from "./use-moment";

/** Where the data lives: the map of shard groups, the same as a table, one group's panel, and find key. */
export function ShardsScreen({ clusterId }: { clusterId: ClusterId }) {
  const picture = useClusterPicture(clusterId);
  const jobs = useQuery(jobQueries.current(clusterId));
  const [at, onMoment] = useMoment();
  const known = picture.data?.data ?? null;
  const context = useMemo(() => known && contextOf(known), [known]);
  // The past is there while the cluster is not: what its live topics say concerns now only.
  return (
    <div className="flex min-w-0 flex-1 flex-col first:-mt-3.5">
      <TimeSlider clusterId={clusterId} at={at} onChange={onMoment} />
      {at !== null ? (
        <>
          <ScreenHead title="Shards" />
          <PastShards clusterId={clusterId} at={at} onNow={() => onMoment(null)} />
        </>
      ) : (
        <div className="flex min-w-0 flex-1 flex-col gap-3 pt-3.5">
          <LiveState query={picture} skeleton={<ShardsSkeleton />}>
            {(now) => (
              <>
                <ScreenHead title="Shards" context={context} />
                {now.groupColumns.count === 0 ? (
                  <EmptyState
                    kind="nothing-yet"
                    detail="A plain table lives on the coordinator. Distributing it cuts it into shards and spreads them over the workers."
                    action={
                      <LinkButton href={routes.tables(clusterId)} icon="arrow-right">
                        Open Tables
                      </LinkButton>
                    }
                  >
                    No table is distributed yet.
                  </EmptyState>
                ) : (
                  <ShardsView clusterId={clusterId} picture={now} jobs={jobs.data?.data ?? null} />
                )}
              </>
            )}
          </LiveState>
        </div>
      )}
    </div>
  );
}

function contextOf(picture: ClusterPicture): string {
  const { kinds, colocationIds } = picture.groupColumns;
  const colocations = new Set<number>();
  let movable = 0;
  for (let group = 0; group < kinds.length; group += 1) {
    if (!isMovable({ kind: KINDS[kinds[group] ?? 0] ?? "distributed" })) continue;
    movable += 1;
    colocations.add(colocationIds[group] ?? 0);
  }
  const references = picture.topology.tables.filter((table) => table.kind === "reference").length;
  const reference = references > 0 ? `, ${countOf(references, "reference table")}` : "";
  return `${countOf(movable, "shard group")} in ${countOf(colocations.size, "colocation group")}${reference}`;
}
