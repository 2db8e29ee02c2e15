"use client";
import { useQuery } from "@tanstack/react-query";
import { OperationLink } from "@/components/change/operation-link";
import { Bar } from "@/components/ui/bar";
import { Chip } from "@/components/ui/chip";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import type { ClusterId } from "@/lib/domain/cluster";
import { isJobOpen, type Jobs } from "@/lib/domain/job";
import { jobWork } from "@/lib/domain/job-work";
import { formatBytes } from "@/lib/format/bytes";
import { countOf } from "@/lib/format/count";
import { formatPercent } from "@/lib/format/percent";
import { runQueries } from "@/lib/queries/changes";
import { routes } from "@/lib/routes";

/** The job that runs, in one line. Nothing where none does. */
export function JobStrip({ clusterId, jobs }: { clusterId: ClusterId; jobs: Jobs | null }) {
  const job = jobs?.jobs[0];
  const runs = useQuery(runQueries.list(clusterId)).data?.data?.runs;
  const run = runs?.find(({ jobId }) => jobId !== null && jobId === job?.jobId);
  const work = jobs && jobWork(jobs);
  if (!job || !work || !isJobOpen(job)) return null;
  const phase = jobs.progress[0]?.phase;
  return (
    <Panel label="Running job" className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-12">
      <StatusWord tone="running">{`Job ${job.jobId}`}</StatusWord>
      <span>{job.description}</span>
      <Chip>{phase ?? job.state}</Chip>
      {work.fraction !== null && (
        <>
          <Bar fraction={work.fraction} className="w-32" />
          <strong className="font-semibold">{formatPercent(work.fraction)}</strong>
        </>
      )}
      <span className="text-text-2">{`${work.movesDone} of ${countOf(work.moves, "move")}`}</span>
      {work.bytes !== null && (
        <span className="text-text-2">{`${formatBytes(work.bytesDone ?? 0)} of ${formatBytes(work.bytes)}`}</span>
      )}
      <span className="ml-auto flex items-center gap-3">
        {run && (
          <OperationLink clusterId={clusterId} runId={run.id}>
            {`Started by ${run.actor}`}
          </OperationLink>
        )}
        <LinkButton href={routes.rebalance(clusterId)} size="sm">
          Open
        </LinkButton>
      </span>
    </Panel>
  );
}
