"use client";
import { useQuery } from "@tanstack/react-query";
import { ScreenHead } from "@/components/shell/screen-head";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { QueryState } from "@/components/ui/query-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ClusterNode } from "@/lib/domain/node";
import { ProblemError } from "@/lib/errors";
import { flightQueries } from "@/lib/queries/flights";
import { nodeQueries } from "@/lib/queries/nodes";
import { routes } from "@/lib/routes";
import { FlightPanel } from "./flight-panel";
import { PastTasks } from "./past-tasks";

type Props = { clusterId: ClusterId; jobId: number };

const NO_NODES: readonly ClusterNode[] = [];

/** The record of one run, for as long as the console keeps its state. */
export function FlightScreen({ clusterId, jobId }: Props) {
  const flight = useQuery(flightQueries.one(clusterId, jobId));
  // Without the nodes the record is whole all the same: they give the names only.
  const nodes = useQuery(nodeQueries.list(clusterId)).data?.data?.nodes ?? NO_NODES;
  const isUnrecorded = flight.error instanceof ProblemError && flight.error.problem.code === "not_found";
  return (
    <>
      <ScreenHead title={`Run of job ${jobId}`} context="Recorded while it lasted, and kept" />
      {isUnrecorded ? (
        <Unrecorded clusterId={clusterId} jobId={jobId} nodes={nodes} />
      ) : (
        <QueryState query={flight} skeleton={<Loading jobId={jobId} />}>
          {(known) => <FlightPanel clusterId={clusterId} flight={known} nodes={nodes} />}
        </QueryState>
      )}
    </>
  );
}

function Unrecorded({ clusterId, jobId, nodes }: Props & { nodes: readonly ClusterNode[] }) {
  return (
    <Panel label={`Job ${jobId}`}>
      <EmptyState
        kind="nothing-yet"
        detail="No console looked while it ran. What Citus itself keeps stands below: the tasks and how they ended, without times."
        action={
          <LinkButton href={routes.rebalance(clusterId)} size="sm">
            All runs
          </LinkButton>
        }
      >
        Job {jobId} is not on record.
      </EmptyState>
      <PastTasks clusterId={clusterId} jobId={jobId} nodes={nodes} />
    </Panel>
  );
}

function Loading({ jobId }: { jobId: number }) {
  return (
    <Panel>
      <SkeletonRows rows={8} label={`The record of job ${jobId} is being read`} />
    </Panel>
  );
}
