import "server-only";
import type { Flight } from "@/lib/domain/flight";
import { csvLine } from "@/lib/format/csv";

const HEAD = [
  ...["at", "job", "task", "shard", "from_node", "to_node", "status", "phase", "source_bytes", "target_bytes"],
  ...["lag_bytes", "retries", "next_try", "message", "waits_for", "blocked_by_gpid"],
];

const moment = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** A line per sample, for spreadsheets. */
export function flightAsCsv({ job, tasks, samples }: Flight): string {
  const taskOf = new Map(tasks.map((task) => [task.taskId, task]));
  const lines = samples.map((one) => {
    const task = taskOf.get(one.taskId);
    const move = task?.move ?? null;
    const where = [move?.shardId ?? null, move?.sourceNodeId ?? null, move?.targetNodeId ?? null];
    const bytes = [one.sourceBytes, one.targetBytes, one.lagBytes];
    const waitsFor = task?.dependsOn.join(" ") || null;
    const rest = [one.retryCount, moment(one.notBefore), one.message, waitsFor, one.blockedBy];
    return csvLine([moment(one.at), job.jobId, one.taskId, ...where, one.status, one.phase, ...bytes, ...rest]);
  });
  return csvLine(HEAD) + lines.join("");
}
