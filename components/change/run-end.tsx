import { DialogSection } from "@/components/ui/dialog";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-paths";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import type { Run } from "@/lib/domain/change";
import { isJobOpen, type Job } from "@/lib/domain/job";
import { formatDuration } from "@/lib/format/duration";

type Props = {
  run: Run;
  /** The job it started, as it is now; null: it started none, or nothing is known of it yet. */
  job: Job | null;
};

/** How it ended, and what was read from the cluster afterwards. Success is said only of what was seen. */
export function RunEnd({ run, job }: Props) {
  const { tone, icon, head } = verdictOf(run, job);
  return (
    <DialogSection>
      <div role="status" className="grid grid-cols-[22px_minmax(0,1fr)] gap-x-1">
        <Icon name={icon} className={`mt-px size-4 ${TONE_TEXT[tone]}`} />
        <div className="min-w-0">
          <p className="font-semibold">{head}</p>
          {run.effect && isCurrent(run, job) && (
            <p className="break-words text-12 text-text-2">{run.effect.sentence}</p>
          )}
          {run.reconciled && <p className="break-words text-12 text-text-2">{run.reconciled.sentence}</p>}
          {tone === "running" && (
            <p className="text-12 text-text-2">
              The job needs no page of the console to go on, and every screen shows it.
            </p>
          )}
        </div>
      </div>
    </DialogSection>
  );
}

/** What was measured while the job still ran says nothing about its end. */
function isCurrent(run: Run, job: Job | null): boolean {
  if (run.jobId === null || run.state !== "succeeded") return true;
  if (!job || isJobOpen(job)) return false;
  return job.finishedAt === null || (run.finishedAt ?? 0) >= job.finishedAt;
}

type Verdict = { tone: Tone; icon: IconName; head: string };

function verdictOf(run: Run, job: Job | null): Verdict {
  const took = run.finishedAt === null ? "" : ` after ${formatDuration((run.finishedAt - run.startedAt) / 1000)}`;
  if (run.state === "failed") return { tone: "bad", icon: "bad", head: `Failed${took}.` };
  if (run.state === "unknown") return { tone: "warn", icon: "warn", head: "How it ended is not known." };
  if (run.jobId !== null && (!job || isJobOpen(job)))
    return { tone: "running", icon: "running", head: "Started; the job goes on." };
  if (job && job.state !== "finished") return { tone: "warn", icon: "warn", head: `Job ${job.jobId} is ${job.state}.` };
  if (job && !isCurrent(run, job)) return { tone: "ok", icon: "ok", head: `Job ${job.jobId} is finished.` };
  if (run.effect?.seen) return { tone: "ok", icon: "ok", head: `Done${took}, and seen on the cluster.` };
  return { tone: "warn", icon: "warn", head: `The statements ran${took}, but the effect was not seen.` };
}
