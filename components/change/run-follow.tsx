"use client";
import { useQuery } from "@tanstack/react-query";
import { DialogSection } from "@/components/ui/dialog";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { isOpenRun, type Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { jobProgress } from "@/lib/domain/job-progress";
import { jobQueries } from "@/lib/queries/jobs";
import { CloseUnknown } from "./close-unknown";
import { HandProgress, movesByHand } from "./hand-progress";
import { JobProgressView } from "./job-progress-view";
import { RunEnd } from "./run-end";
import { RunSteps } from "./run-steps";

type Props = { clusterId: ClusterId; run: Run };

/** A run as it goes: its steps, the background job it started, and at the end what was measured. Shown wherever a run is. */
export function RunFollow({ clusterId, run }: Props) {
  const jobs = useQuery({ ...jobQueries.current(clusterId), enabled: run.jobId !== null || movesByHand(run) });
  const known = jobs.data?.data;
  const job = run.jobId !== null && known ? jobProgress(known, run.jobId) : null;
  return (
    <>
      <DialogSection>
        <RunSteps run={run} />
      </DialogSection>
      {known && movesByHand(run) && <HandProgress jobs={known} />}
      {run.jobId !== null && (
        <DialogSection>
          <JobProgressView
            clusterId={clusterId}
            jobId={run.jobId}
            progress={job}
            problem={jobs.data?.problem ?? null}
            progressProblem={known?.progressProblem ?? null}
          />
        </DialogSection>
      )}
      {run.problem && (
        <DialogSection>
          <ProblemBanner problem={run.problem} consequence={<FailedAt run={run} />} />
        </DialogSection>
      )}
      {run.state === "unknown" && <CloseUnknown clusterId={clusterId} run={run} />}
      {!isOpenRun(run) && <RunEnd run={run} job={job?.job ?? null} />}
    </>
  );
}

/** Which step failed or got no answer, and that those before it stand: nothing is rolled back between steps. */
function FailedAt({ run }: { run: Run }) {
  const unanswered = run.steps.find((step) => step.state === "running");
  if (unanswered) return `The step "${unanswered.title}" was sent and not answered; it may have taken effect.`;
  const failed = run.steps.find((step) => step.state === "failed");
  const done = run.steps.filter((step) => step.state === "done");
  if (!failed) return "No step was sent to the cluster.";
  if (done.length === 0) return `The step "${failed.title}" failed. It was the first.`;
  return `The step "${failed.title}" failed. What was done before it stands: ${done.map((step) => step.title).join("; ")}.`;
}
