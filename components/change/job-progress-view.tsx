"use client";
import { Chip } from "@/components/ui/chip";
import { Icon } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { Progress } from "@/components/ui/progress";
import { StatusWord } from "@/components/ui/status-word";
import type { Tone } from "@/components/ui/tone";
import { useNow } from "@/components/ui/use-now";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Job, JobTask } from "@/lib/domain/job";
import type { CurrentTask, JobProgress } from "@/lib/domain/job-progress";
import type { Problem } from "@/lib/errors";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { routes } from "@/lib/routes";

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
        <Current key={current.task.taskId} current={current} />
      ))}
      {progress.retrying.map((task) => (
        <Retrying key={task.taskId} task={task} />
      ))}
    </>
  );
}

function Current({ current: { task, progress } }: { current: CurrentTask }) {
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-1 bg-surface-2 px-2 py-1.5 text-12">
      <span className="font-medium font-mono">{task.move?.shardId ?? task.command}</span>
      {progress && (
        <span className="inline-flex items-center gap-1.5 font-mono">
          {progress.source} <Icon name="arrow-right" className="size-3.5 text-text-3" /> {progress.target}
        </span>
      )}
      {progress && <Chip>{progress.phase}</Chip>}
      <span className="ml-auto whitespace-nowrap text-text-2">{progress && amountOf(progress)}</span>
    </div>
  );
}

/** How much is left in this phase: behind the source once it replays, copied of all before. */
function amountOf({ lagBytes, sourceBytes, targetBytes }: NonNullable<CurrentTask["progress"]>): string {
  if (lagBytes !== null && lagBytes > 0) return `${formatBytes(lagBytes)} behind`;
  if (sourceBytes === null) return "";
  return targetBytes === null ? formatBytes(sourceBytes) : `${formatBytes(targetBytes)} of ${formatBytes(sourceBytes)}`;
}

function Retrying({ task }: { task: JobTask }) {
  return (
    <p className="break-words text-12 text-warn">
      {task.move ? `Shard ${task.move.shardId}` : `Task ${task.taskId}`} failed {formatCount(task.retryCount)} times and
      is tried again. {task.message}
    </p>
  );
}
