import "server-only";
import { isJobOpen, type Job, type JobTask } from "@/lib/domain/job";
import { addressOf } from "@/lib/domain/node";
import { type CommandNode, parseMoveCommand } from "@/lib/domain/task-command";
import type { Target } from "@/server/clusters";
import { listNodes } from "@/server/nodes/reads";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/jobs";
import { jobsMemory, keyOfJob } from "./memory";

/** The newest jobs with what their tasks come to. From plain catalogs: it answers on every version, and while workers are down. */
export async function listJobs(target: Target): Promise<Job[]> {
  const { over } = jobsMemory(target);
  const jobs: Job[] = (await run(target, statements.listJobs, undefined)).map((row) => ({
    jobId: row.job_id,
    state: row.state,
    jobType: row.job_type,
    description: row.description,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    taskCounts: {},
    moves: { done: 0, total: 0 },
    mode: null,
    failure: null,
  }));
  const unknown = jobs.filter((job) => !over.has(keyOfJob(job)));
  const summaries = await summarise(target, unknown);
  return jobs.map((job) => {
    const known = over.get(keyOfJob(job));
    if (known) return known;
    const summary = { ...job, ...summaries.get(job.jobId) };
    if (!isJobOpen(job)) over.set(keyOfJob(job), summary);
    return summary;
  });
}

async function summarise(target: Target, jobs: readonly Job[]): Promise<Map<number, Partial<Job>>> {
  if (jobs.length === 0) return new Map();
  const rows = await run(target, statements.summariseJobs, { jobIds: jobs.map((job) => job.jobId) });
  return new Map(
    rows.map((row) => [
      row.job_id,
      {
        taskCounts: row.counts,
        moves: { done: row.moves_done, total: row.moves },
        mode: row.mode,
        failure: row.failure,
      },
    ]),
  );
}

/** The tasks of any job, in task order. */
export async function listTasks(target: Target, jobId: number): Promise<JobTask[]> {
  const rows = await run(target, statements.listTasks, { jobId });
  const commands = new Map(rows.map((row) => [row.task_id, parseMoveCommand(row.command)]));
  const namesAddresses = [...commands.values()].some((move) => move && "host" in move.source);
  const nodeIds = namesAddresses ? await nodeIdsByAddress(target) : new Map<string, number>();
  return rows.map((row) => ({
    taskId: row.task_id,
    status: row.status,
    pid: row.pid,
    command: row.command,
    move: resolve(commands.get(row.task_id) ?? null, nodeIds),
    retryCount: row.retry_count,
    notBefore: row.not_before,
    message: row.status === "done" ? null : row.message,
    dependsOn: row.depends_on,
    blockedBy: null,
  }));
}

async function nodeIdsByAddress(target: Target): Promise<Map<string, number>> {
  const primaries = (await listNodes(target)).filter((node) => node.role === "primary");
  return new Map(primaries.map((node) => [addressOf(node), node.id]));
}

/** A command that names a node which is gone stays a text: it cannot be drawn between two nodes. */
function resolve(move: ReturnType<typeof parseMoveCommand>, nodeIds: ReadonlyMap<string, number>): JobTask["move"] {
  const sourceNodeId = move && idOf(move.source, nodeIds);
  const targetNodeId = move && idOf(move.target, nodeIds);
  if (!move || sourceNodeId === undefined || sourceNodeId === null) return null;
  if (targetNodeId === undefined || targetNodeId === null) return null;
  return { shardId: move.shardId, sourceNodeId, targetNodeId, mode: move.mode };
}

function idOf(node: CommandNode, nodeIds: ReadonlyMap<string, number>): number | undefined {
  return "nodeId" in node ? node.nodeId : nodeIds.get(addressOf(node));
}
