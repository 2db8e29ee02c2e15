"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LiveState } from "@/components/live/live-state";
import { ScreenHead } from "@/components/shell/screen-head";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen, type Jobs } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { jobQueries } from "@/lib/queries/jobs";
import type { Live } from "@/lib/queries/live";
import { nodeQueries } from "@/lib/queries/nodes";
import { BrakesPanel } from "./brakes-panel";
import { DebrisPanel } from "./debris-panel";
import { JobHistory } from "./job-history";
import { PlanPanel } from "./plan-panel";
import { RunPanel } from "./run-panel";
import { StartDialog } from "./start-dialog";
import type { Starting } from "./start-panel";

type Props = { clusterId: ClusterId };

/** Compare plans, start one, follow it. While a job is open its run takes the place of the plan: Citus runs one at a time. */
export function RebalanceScreen({ clusterId }: Props) {
  const jobs = useQuery(jobQueries.current(clusterId));
  const nodes = useQuery(nodeQueries.list(clusterId));
  const job = jobs.data?.data?.jobs[0];
  const isOpen = job !== undefined && isJobOpen(job);
  return (
    <>
      <ScreenHead
        title="Rebalance"
        context={isOpen ? `Job ${job.jobId} is ${job.state}` : "Compare plans, then start exactly one"}
      />
      <LiveState query={nodes} skeleton={<LoadingPanel />}>
        {(known) => (
          <LiveState query={jobs} skeleton={<LoadingPanel />}>
            {(data, live) => <Known clusterId={clusterId} jobs={data} live={live} nodes={known.nodes} />}
          </LiveState>
        )}
      </LiveState>
    </>
  );
}

type KnownProps = { clusterId: ClusterId; jobs: Jobs; live: Live<Jobs>; nodes: readonly ClusterNode[] };

function Known({ clusterId, jobs, live, nodes }: KnownProps) {
  const [starting, setStarting] = useState<Starting | null>(null);
  const newest = jobs.jobs[0];
  const isOpen = newest !== undefined && isJobOpen(newest);
  const run = newest && <RunPanel key={newest.jobId} clusterId={clusterId} jobs={jobs} live={live} nodes={nodes} />;
  return (
    <>
      {isOpen ? (
        <p className="-mb-1 text-12 text-text-3">
          Citus runs one rebalance at a time. New plans are made when job {newest.jobId} is over.
        </p>
      ) : (
        <PlanPanel clusterId={clusterId} nodes={nodes} newestJob={newest} onStart={setStarting} />
      )}
      {run}
      <BrakesPanel clusterId={clusterId} jobs={jobs} />
      <DebrisPanel clusterId={clusterId} jobs={jobs} nodes={nodes} />
      {starting && <StartDialog clusterId={clusterId} starting={starting} onClose={() => setStarting(null)} />}
      {jobs.jobs.length > 1 && <JobHistory clusterId={clusterId} jobs={jobs.jobs.slice(1)} nodes={nodes} />}
    </>
  );
}

function LoadingPanel() {
  return (
    <Panel label="Loading" className="grid gap-2 p-4">
      <Skeleton className="h-6 w-1/3" />
      <Skeleton className="h-40 w-full" />
    </Panel>
  );
}
