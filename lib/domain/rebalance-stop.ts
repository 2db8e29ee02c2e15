import { countOf } from "../format/count";
import type { Note } from "./change";
import { ALLOWED, refused, type Verdict } from "./cluster";
import { isJobOpen, type Job } from "./job";

/** The rebalance that a stop would be about: Citus stops the one that is open. */
export function openRebalance(jobs: readonly Job[]): Job | undefined {
  return jobs.find((job) => isJobOpen(job));
}

/**
 * May a stop be sent now? A second stop while the first is being obeyed does harm: the process that hands out tasks takes
 * a task it finds cancelled for one that failed, and puts it back in the queue. Only when that process is gone does a
 * second stop help: then nobody else ends a job that is stuck in cancelling.
 */
export function mayStop(job: Job | undefined, monitorAlive: boolean | null): Verdict {
  if (!job) return refused("No rebalance is under way.");
  if (job.state !== "cancelling") return ALLOWED;
  if (monitorAlive === false) return ALLOWED;
  return refused(
    `The stop of job ${job.jobId} is being obeyed: what runs ends first. A second one would bring cancelled tasks back.`,
  );
}

/** What a stop leaves behind, in sentences. */
export function stopNotes(job: Job | undefined, monitorAlive: boolean | null): Note[] {
  const verdict = mayStop(job, monitorAlive);
  if (!verdict.allowed || !job) return [{ tone: "bad", text: verdict.allowed ? "" : verdict.because }];
  const { done, total } = job.moves;
  const rest = total - done;
  const notes: Note[] = [
    {
      tone: "info",
      text: `${done} of ${countOf(total, "move")} ${done === 1 ? "is" : "are"} done and ${done === 1 ? "stays" : "stay"} done; nothing is undone.`,
      detail: `${countOf(rest, "move")} will not happen. The one that runs is interrupted and what it copied is removed.`,
    },
    { tone: "info", text: "Nodes that are closed for shards stay closed." },
  ];
  if (job.state === "cancelling") {
    notes.push({
      tone: "warn",
      text: `Job ${job.jobId} is stuck in cancelling: the process that hands out tasks is gone.`,
      detail: "A second stop ends it.",
    });
  }
  return notes;
}
