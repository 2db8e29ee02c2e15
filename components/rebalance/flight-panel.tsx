"use client";
import Link from "next/link";
import { useMemo, useState } from "react";
import { OperationLink } from "@/components/change/operation-link";
import { Chip } from "@/components/ui/chip";
import { Panel } from "@/components/ui/panel";
import { StatusWord } from "@/components/ui/status-word";
import { Time } from "@/components/ui/time";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Flight } from "@/lib/domain/flight";
import { gapsOf } from "@/lib/domain/flight-gaps";
import { jobsAt, replayOf } from "@/lib/domain/flight-replay";
import { isJobOpen } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { apiRoutes, routes } from "@/lib/routes";
import { FlightGaps } from "./flight-gaps";
import { FlightSlider } from "./flight-slider";
import { JOB_LOOK } from "./job-look";
import { RunProgress } from "./run-progress";
import { RunVerdictBanner } from "./run-verdict-banner";
import { TaskChart } from "./task-chart";
import { axisBetween } from "./time-axis";
import { useStartedHere } from "./use-started-here";

type Props = { clusterId: ClusterId; flight: Flight; nodes: readonly ClusterNode[] };

/** A run on record: how it ended, what it did for the balance, and every moment of it. */
export function FlightPanel({ clusterId, flight, nodes }: Props) {
  const replay = useMemo(() => replayOf(flight), [flight]);
  /** null: the end, or now where it goes on. */
  const [moment, setMoment] = useState<number | null>(null);
  const at = moment ?? replay.to;
  const jobs = useMemo(() => jobsAt(replay, at), [replay, at]);
  const job = jobs.jobs[0];
  const gaps = gapsOf(flight.watched, flight.job);
  if (!job) return null;
  return (
    <>
      <RunVerdictBanner job={flight.job} measured={flight} />
      <Panel label={`Job ${job.jobId}`} className="flex flex-col">
        <FlightHead clusterId={clusterId} flight={flight} />
        <FlightSlider replay={replay} moment={moment} onMoment={setMoment} />
        <RunProgress job={job} jobs={jobs} now={jobs.clock} />
        <FlightGaps gaps={gaps} />
        <TaskChart
          job={job}
          jobs={jobs}
          nodes={nodes}
          now={moment === null && !isJobOpen(flight.job) ? null : at}
          axis={axisBetween(replay.from, replay.to, gaps)}
        />
      </Panel>
    </>
  );
}

function FlightHead({ clusterId, flight }: { clusterId: ClusterId; flight: Flight }) {
  const { job, isLost } = flight;
  const look = JOB_LOOK[job.state];
  const startedHere = useStartedHere(clusterId, job.jobId);
  return (
    <div className="flex min-h-[46px] flex-wrap items-center gap-x-3 gap-y-1 border-line border-b px-3.5 py-1.5">
      <h2 className="text-13">
        <StatusWord tone={isLost ? "warn" : look.tone} icon={isLost ? "warn" : look.icon}>
          Job {job.jobId} {isLost ? `was ${job.state} at the last look; the cluster has it no longer` : look.words}
        </StatusWord>
      </h2>
      {job.mode !== null && <Chip mono>{job.mode}</Chip>}
      {job.startedAt !== null && (
        <span className="text-12 text-text-3">
          <Time at={job.startedAt} show="date-time" />
          {job.finishedAt !== null && (
            <>
              {" to "}
              <Time at={job.finishedAt} show="time" />
            </>
          )}
          {startedHere && `, asked for by ${startedHere.actor}`}
        </span>
      )}
      {startedHere && (
        <span className="text-12">
          <OperationLink clusterId={clusterId} runId={startedHere.id}>
            Its operation
          </OperationLink>
        </span>
      )}
      <span className="ml-auto flex gap-3 text-12">
        <a href={apiRoutes.flightExport(clusterId, job.jobId, "json")} download>
          Export JSON
        </a>
        <a href={apiRoutes.flightExport(clusterId, job.jobId, "csv")} download>
          Export CSV
        </a>
        <Link href={routes.rebalance(clusterId)}>All runs</Link>
      </span>
    </div>
  );
}
