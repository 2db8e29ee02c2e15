"use client";
import Link from "next/link";
import { useState } from "react";
import { Icon } from "@/components/ui/icon";
import { TitledPanel } from "@/components/ui/panel";
import { Time } from "@/components/ui/time";
import { TONE_TEXT } from "@/components/ui/tone";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Job } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { endSentence } from "@/lib/domain/run-sentence";
import { countOf } from "@/lib/format/count";
import { routes } from "@/lib/routes";
import { JOB_LOOK } from "./job-look";
import { PastTasks } from "./past-tasks";
import { useRecorded } from "./use-recorded";

type Props = { clusterId: ClusterId; jobs: readonly Job[]; nodes: readonly ClusterNode[] };

/** The runs before the newest. Citus keeps them all and no times of their tasks; those are in the records of this console. */
export function JobHistory({ clusterId, jobs, nodes }: Props) {
  const recorded = useRecorded(clusterId, jobs[0]?.jobId);
  return (
    <TitledPanel title="History" note={countOf(jobs.length, "earlier job")}>
      <ul>
        {jobs.map((job) => (
          <PastJob key={job.jobId} clusterId={clusterId} job={job} nodes={nodes} isRecorded={recorded.has(job.jobId)} />
        ))}
      </ul>
    </TitledPanel>
  );
}

type PastProps = { clusterId: ClusterId; job: Job; nodes: readonly ClusterNode[]; isRecorded: boolean };

function PastJob({ clusterId, job, nodes, isRecorded }: PastProps) {
  const [isOpen, setOpen] = useState(false);
  const look = JOB_LOOK[job.state];
  return (
    <li className="border-line border-b last:border-b-0">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="flex cursor-pointer flex-wrap items-center gap-x-2.5 px-3 py-1.5 text-12">
          <Icon name="chevron-right" className="size-3 text-text-3" />
          <Icon name={look.icon} className={`size-3.5 ${TONE_TEXT[look.tone]}`} />
          <span className="font-medium">
            Job {job.jobId} {look.words}
          </span>
          <span className="min-w-0 flex-1 text-text-2">
            {endSentence(job, null)}
            {job.mode !== null && <span className="ml-2 font-mono text-text-3">{job.mode}</span>}
          </span>
          {job.startedAt !== null && <Time at={job.startedAt} show="date-time" className="text-text-3" />}
        </summary>
        {isRecorded && (
          <p className="px-3 pb-1.5 text-12">
            <Link href={routes.flight(clusterId, job.jobId)}>Its record, moment by moment</Link>
          </p>
        )}
        {isOpen && <PastTasks clusterId={clusterId} jobId={job.jobId} nodes={nodes} />}
      </details>
    </li>
  );
}
