"use client";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-paths";
import { SrOnly } from "@/components/ui/sr-only";
import { TONE_TEXT, type Tone } from "@/components/ui/tone";
import { useNow } from "@/components/ui/use-now";
import { isOpenRun, type Run } from "@/lib/domain/change";
import { formatDuration } from "@/lib/format/duration";

/** What is waited for beside the steps; null: the steps say it themselves. */
function waitWords(run: Run): string | null {
  // Nobody holds the connection any more, so no step will say that it is done.
  if (run.state === "detached")
    return "The connection to it was lost: the console looks whether it still runs, then what came of it";
  if (!isOpenRun(run) || run.steps.some((step) => step.state !== "done")) return null;
  return run.jobId === null ? "Looking whether it took effect" : "Waiting for the job, then looking again";
}

type Step = Run["steps"][number];

const LOOK: Record<Step["state"], { icon: IconName; tone: Tone; spoken: string }> = {
  waiting: { icon: "waiting", tone: "muted", spoken: "Waiting" },
  running: { icon: "running", tone: "running", spoken: "Running" },
  done: { icon: "ok", tone: "ok", spoken: "Done" },
  failed: { icon: "bad", tone: "bad", spoken: "Failed" },
};

/** The steps of a run in order, each with its state, its time, and what the server said while it ran. */
export function RunSteps({ run }: { run: Run }) {
  const waiting = waitWords(run);
  return (
    <ol aria-label="Steps" className="grid gap-2.5">
      {run.steps.map((step, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the position is what a step is
        <RunStep key={position} step={step} isRunOver={!isOpenRun(run)} />
      ))}
      {waiting !== null && (
        <li className="grid grid-cols-[22px_minmax(0,1fr)]">
          <Icon name="running" className="mt-px size-4 text-accent" />
          <span>{waiting}</span>
        </li>
      )}
    </ol>
  );
}

function RunStep({ step, isRunOver }: { step: Step; isRunOver: boolean }) {
  const look = LOOK[step.state];
  return (
    <li className="grid grid-cols-[22px_minmax(0,1fr)_auto] gap-x-1">
      <span className={TONE_TEXT[look.tone]}>
        <Icon name={look.icon} className="mt-px size-4" />
        <SrOnly>{look.spoken}: </SrOnly>
      </span>
      <div className="min-w-0">
        <p className={step.state === "waiting" ? "text-text-3" : undefined}>{step.title}</p>
        {step.messages.map((message, position) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages are only ever added at the end
          <p key={position} className="break-words text-12 text-text-2">
            {message}
          </p>
        ))}
      </div>
      <span className="whitespace-nowrap text-12 text-text-3">
        <StepTime step={step} isRunOver={isRunOver} />
      </span>
    </li>
  );
}

function StepTime({ step, isRunOver }: { step: Step; isRunOver: boolean }) {
  const now = useNow();
  if (step.startedAt === null) return isRunOver ? "not sent" : "waiting";
  const until = step.finishedAt ?? now;
  // Two clocks may disagree by a little: a span never reads less than nothing.
  return until === null ? "" : formatDuration(Math.max(0, until - step.startedAt) / 1000);
}
