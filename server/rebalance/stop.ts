import "server-only";
import { z } from "zod";
import type { Note } from "@/lib/domain/change";
import { isJobOpen } from "@/lib/domain/job";
import { rebalanceStopInput } from "@/lib/domain/rebalance";
import { openRebalance, stopNotes } from "@/lib/domain/rebalance-stop";
import { call, change, type Effect } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import { run } from "@/server/pg/run";
import * as jobStatements from "@/server/sql/jobs";
import * as statements from "@/server/sql/rebalance";

/** Stops the rebalance that is open. What has moved stays moved. */
export const rebalanceStop = change({
  name: "rebalance.stop",
  permission: "rebalance:stop",
  input: rebalanceStopInput,
  doing: (subject) => `stopping ${subject}`,
  before: z.object({ jobId: z.number().nullable() }),
  prepare: async (target) => {
    const [jobs, pulse, needs] = await Promise.all([
      listJobs(target),
      run(target, jobStatements.readPulse, undefined),
      run(target, statements.stopNeedsSuperuser, undefined),
    ]);
    const needsSuperuser = needs[0]?.needed ?? false;
    const job = openRebalance(jobs);
    return {
      subject: job ? `Job ${job.jobId}` : "no job",
      steps: [
        {
          title: "Cancel what waits and interrupt what runs",
          takes: "a few seconds",
          calls: [call(statements.stop, undefined)],
        },
      ],
      ...(needsSuperuser && { login: "admin" as const }),
      notes: [...stopNotes(job, pulse[0]?.monitor_alive ?? null), ...(needsSuperuser ? [superuserNote(target)] : [])],
      // A second stop while the first is obeyed is another deed than the first.
      dependsOn: job ? [`job ${job.jobId}${job.state === "cancelling" ? ", which is being stopped" : ""}`] : [],
      // Not the shards: what is stopped is what holds them.
      claims: job ? [{ object: `job:${job.jobId}`, mode: "exclusive" }] : [],
      before: { jobId: job?.jobId ?? null },
      refresh: ["jobs"],
    };
  },
  effect: (target, { before }) => effect(target, before.jobId),
});

/** Citus copies missing reference tables as the extension's owner, and protects that task from everybody else. */
function superuserNote(target: Target): Note {
  const text =
    "Reference tables are being copied by a task of a superuser, so that only a superuser may stop the job now";
  const { admin } = target.logins;
  if (admin) return { tone: "info", text: `${text}: it is stopped with the login ${admin.user}.` };
  return {
    tone: "bad",
    text: `${text}, and the console has no admin login for this cluster.`,
    detail: "When the copying is done, which is before the first shard moves, the job can be stopped.",
  };
}

async function effect(target: Target, jobId: number | null): Promise<Effect> {
  const job = (await listJobs(target)).find((candidate) => candidate.jobId === jobId);
  if (!job) return { seen: false, sentence: "The job is not among the cluster's background jobs." };
  if (job.state === "cancelling")
    return { seen: true, sentence: `Job ${job.jobId} is cancelling: the move that runs ends first.` };
  if (isJobOpen(job)) return { seen: false, sentence: `Job ${job.jobId} is still ${job.state}.` };
  return {
    seen: true,
    sentence: `Job ${job.jobId} is ${job.state}: ${job.moves.done} of ${job.moves.total} moves were done and stay done.`,
  };
}
