"use client";
import { LinkButton } from "@/components/ui/link-button";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { Progress } from "@/components/ui/progress";
import { StatusWord } from "@/components/ui/status-word";
import type { Tone } from "@/components/ui/tone";
import { useNow } from "@/components/ui/use-now";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Job, JobTask } from "@/lib/domain/job";
import type { JobProgress } from "@/lib/domain/job-progress";
import type { Problem } from "@/lib/errors";
import { formatCount } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { routes } from "@/lib/routes";
import { MoveLine } from "./move-line";

type Props = {
  clusterId: ClusterId;
  jobId: number;
  /** null: the topic does not hold the job yet. */
  progress: JobProgress | null;
  problem: Problem | null;
  /** Why the moves' phases are not known though one runs. */
  progressProblem: string | null;
};

const TONE: Record<Job["state"], Tone> = {
  scheduled: "muted",
  running: "running",
  finished: "ok",
  cancelling: "warn",
  cancelled: "warn",
  failing: "bad",
  failed: "bad",
};

/** A background job while it works: tasks done of all, and the move under way with its phase. */
export function JobProgressView({ clusterId, jobId, progress, problem, progressProblem }: Props) {
  return (
    <div className="grid gap-2">
      {problem && <ProblemBanner problem={problem} tone="warn" consequence="What the job does now is not known." />}
      {progress ? <Known progress={progress} /> : <p className="text-text-2">Job {jobId} is being looked for.</p>}
      {progress?.isOpen && progressProblem !== null && <p className="text-12 text-warn">{progressProblem}</p>}
      <div>
        <LinkButton href={routes.rebalance(clusterId)} size="sm" icon="arrow-right">
          {progress?.isOpen ? "Watch or stop it on Rebalance" : "Open Rebalance"}
        </LinkButton>
      </div>
    </div>
  );
}

function Known({ progress }: { progress: JobProgress }) {
  const { job, done, total } = progress;
  const now = useNow();
  const until = job.finishedAt ?? now;
  return (
    <>
      <div className="flex items-center gap-2">
        <p className="flex-1 font-medium">
          Job {job.jobId}: {formatCount(done)} of {formatCount(total)} tasks done
        </p>
        <StatusWord tone={TONE[job.state]} className="text-12">
          {job.state}
        </StatusWord>
        {job.startedAt !== null && until !== null && (
          <span className="text-12 text-text-3">{formatDuration(Math.max(0, until - job.startedAt) / 1000)}</span>
        )}
      </div>
      <Progress fraction={total === 0 ? null : done / total} label={`Tasks of job ${job.jobId} that are done`} />
      {progress.current.map((current) => (
        <MoveLine
          key={current.task.taskId}
          what={current.task.move?.shardId ?? current.task.command}
          progress={current.progress}
        />
      ))}
      {progress.retrying.map((task) => (
        <Retrying key={task.taskId} task={task} />
      ))}
    </>
  );
}

function Retrying({ task }: { task: JobTask }) {
  return (
    <p className="break-words text-12 text-warn">
      {task.move ? `Shard ${task.move.shardId}` : `Task ${task.taskId}`} failed {formatCount(task.retryCount)} times and
      is tried again. {task.message}
    </p>
  );
}
