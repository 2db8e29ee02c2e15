"use client";
import Link from "next/link";
import { useState } from "react";
import { ChangeDialog } from "@/components/change/change-dialog";
import { OperationLink } from "@/components/change/operation-link";
import { useBecause } from "@/components/live/access";
import { Announcement } from "@/components/ui/announcement";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen, type Job, type Jobs } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { mayPace } from "@/lib/domain/pace";
import { mayStop } from "@/lib/domain/rebalance-stop";
import type { Live } from "@/lib/queries/live";
import { rebalanceStopActions } from "@/lib/queries/rebalance";
import { routes } from "@/lib/routes";
import { JOB_LOOK } from "./job-look";
import { PaceDialog } from "./pace-dialog";
import { RunProgress } from "./run-progress";
import { RunVerdictBanner } from "./run-verdict-banner";
import { TaskChart } from "./task-chart";
import { useClusterClock } from "./use-cluster-clock";
import { useRecorded } from "./use-recorded";
import { useStartedHere } from "./use-started-here";

type Props = { clusterId: ClusterId; jobs: Jobs; live: Live<Jobs>; nodes: readonly ClusterNode[] };

/** The newest job from its start to its end: how far, how fast, how long, and every task. */
export function RunPanel({ clusterId, jobs, live, nodes }: Props) {
  const now = useClusterClock(live);
  const job = jobs.jobs[0];
  if (!job) return null;
  return (
    <>
      {jobs.record && <RunVerdictBanner job={job} measured={jobs.record} />}
      <Panel label={`Job ${job.jobId}`} className="flex flex-col">
        <RunHead clusterId={clusterId} job={job} jobs={jobs} />
        <Announcement
          text={`Job ${job.jobId} ${JOB_LOOK[job.state].words}: ${job.moves.done} of ${job.moves.total} moves done`}
        />
        <RunProgress job={job} jobs={jobs} now={now} />
        <TaskChart job={job} jobs={jobs} nodes={nodes} now={now} />
      </Panel>
    </>
  );
}

function RunHead({ clusterId, job, jobs }: { clusterId: ClusterId; job: Job; jobs: Jobs }) {
  const [isStopping, setStopping] = useState(false);
  const [isPacing, setPacing] = useState(false);
  const paceBecause = useBecause("rebalance:start", mayPace(jobs));
  const startedHere = useStartedHere(clusterId, job.jobId);
  const isRecorded = useRecorded(clusterId, job.jobId).has(job.jobId);
  const because = useBecause("rebalance:stop", mayStop(job, jobs.monitorAlive));
  return (
    <div className="flex min-h-[46px] flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3.5 py-1.5">
      <h2 className="text-13">
        <StatusWord tone={JOB_LOOK[job.state].tone} icon={JOB_LOOK[job.state].icon}>
          Job {job.jobId} {JOB_LOOK[job.state].words}
        </StatusWord>
      </h2>
      {startedHere && <Chip mono>{startedHere.subject}</Chip>}
      {job.mode !== null && <Chip mono>{job.mode}</Chip>}
      <span className="text-12 text-text-3">
        {job.startedAt === null ? (
          "waits for its first task to start"
        ) : (
          <>
            started <Time at={job.startedAt} show="date-time" />
          </>
        )}
        {startedHere && `, asked for by ${startedHere.actor}`}
      </span>
      {startedHere && (
        <span className="text-12">
          <OperationLink clusterId={clusterId} runId={startedHere.id}>
            Its operation
          </OperationLink>
        </span>
      )}
      {isRecorded && (
        <Link href={routes.flight(clusterId, job.jobId)} className="text-12">
          Its record
        </Link>
      )}
      {isJobOpen(job) && (
        <span className="ml-auto flex flex-wrap items-center gap-3">
          {jobs.executors !== null && (
            <span className="text-12 text-text-2">
              Executors {jobs.executors}
              {jobs.executorsPerNode !== null && `, ${jobs.executorsPerNode} per node`}
            </span>
          )}
          <Button because={paceBecause} onClick={() => setPacing(true)}>
            Change pace…
          </Button>
          <Button variant="danger" icon="stop" because={because} onClick={() => setStopping(true)}>
            Stop…
          </Button>
        </span>
      )}
      {isPacing && <PaceDialog clusterId={clusterId} jobs={jobs} onClose={() => setPacing(false)} />}
      <ChangeDialog
        open={isStopping}
        onClose={() => setStopping(false)}
        clusterId={clusterId}
        actions={rebalanceStopActions}
        input={{ clusterId }}
        title={`Stop job ${job.jobId}?`}
        intro="What has moved stays moved, and nothing is undone. A later rebalance plans from where things are then."
        confirmLabel="Stop the rebalance"
        danger
      />
    </div>
  );
}
