import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Run } from "@/lib/domain/change";
import { type ErrorCode, isAppError } from "@/lib/errors";
import type { AnyChange, Effect } from "@/server/changes/define";
import { findChange } from "@/server/changes/registry";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import { log } from "@/server/log";
import { run as ask } from "@/server/pg/run";
import { toProblem } from "@/server/problem";
import { findActionSession } from "@/server/sql/runs";
import { readAgain } from "./announce";
import { type End, effectOf, endRun } from "./end";
import type { RunRecord } from "./record";

const PACE_MS = 500;
const AWAY_PACE_MS = 2_000;
/** Ways in which the cluster is away for a while: nothing is concluded from them, and it is asked again. */
const AWAY: readonly ErrorCode[] = [
  "cluster_unreachable",
  "cluster_silent",
  "cluster_starting",
  "too_many_connections",
  "query_timeout",
  "lock_timeout",
];

/**
 * Finds out how a run ended whose statement nobody holds a connection to: waits until no session of it is left, looks for the
 * job it may have started, then for its effect. Ends with succeeded, failed, or unknown with what was looked at; never rejects.
 */
export async function pursue(target: Target, record: RunRecord): Promise<void> {
  try {
    await findOut(target, record);
  } catch (cause) {
    if (record.isClosed()) return;
    const problem = toProblem(cause, record.run.id);
    const looked = `How it ended could not be looked up: ${problem.detail}`;
    await endRun(target, record, { ...needsPerson(record.run, looked), problem });
  }
}

async function findOut(target: Target, record: RunRecord): Promise<void> {
  const { run } = record;
  const change = findChange(run.change);
  const sent = run.steps.filter((step) => step.state !== "waiting");
  if (sent.length === 0) return endRun(target, record, NOTHING_SENT);
  await patiently(record, () => untilGone(target, record));
  if (record.isClosed()) return;
  if (!change) return endRun(target, record, unknownChange(run));
  const ambiguity = await patiently(record, () => findJob(target, record));
  if (record.isClosed()) return;
  const end = ambiguity ? needsPerson(run, ambiguity) : await judge(target, change, record);
  if (!end || record.isClosed()) return;
  await readAgain(target, ["nodes", "topology", "local-tables", "jobs"]);
  await endRun(target, record, end);
}

const NOTHING_SENT: End = {
  state: "failed",
  effect: { seen: false, sentence: "Nothing was sent to the cluster." },
  problem: null,
  reconciled: "The console stopped before the first statement: nothing was sent.",
};

/** Asks until the cluster answers, or until the run is left to another process. */
async function patiently<T>(record: RunRecord, look: () => Promise<T>): Promise<T | null> {
  while (!record.isClosed()) {
    try {
      return await look();
    } catch (cause) {
      if (!isAppError(cause) || !AWAY.includes(cause.code)) throw cause;
      log.warn("the cluster of an open run is away; it is asked again", { cause, runId: record.run.id });
      await sleep(AWAY_PACE_MS, undefined, { ref: false });
    }
  }
  return null;
}

/** The session goes on without its client until it next looks for it, and may still commit. */
async function untilGone(target: Target, { run, isClosed }: RunRecord): Promise<void> {
  while (!isClosed()) {
    const sessions = await ask(target, findActionSession, { applicationName: run.applicationName });
    if (sessions.length === 0) return;
    await sleep(PACE_MS, undefined, { ref: false });
  }
}

/** The job that the run started, where its number never came back. Returns what makes it ambiguous. */
async function findJob(target: Target, record: RunRecord): Promise<string | null> {
  const { run, recall } = record;
  const { newestJob } = recall;
  if (newestJob === null || run.jobId !== null) return null;
  const since = (await listJobs(target)).filter((job) => job.jobId > newestJob).map((job) => job.jobId);
  if (since.length > 1)
    return `Jobs ${since.toReversed().join(", ")} began since, and which of them is its own is not known.`;
  if (since[0] === undefined) return null;
  run.jobId = since[0];
  await record.save();
  return null;
}

/** null: the run was left to another process meanwhile. */
async function judge(target: Target, change: AnyChange, record: RunRecord): Promise<End | null> {
  const { run } = record;
  const unanswered = run.steps.find((step) => step.state === "running");
  const refused = run.steps.find((step) => step.state === "failed");
  const unsent = run.steps.filter((step) => step.state === "waiting");
  const isAnswered = unanswered === undefined;
  const looked = await patiently(record, async () => {
    const { effect, failure } = await effectOf(target, change, record, isAnswered);
    if (isAppError(failure) && AWAY.includes(failure.code)) throw failure;
    return { effect, failure };
  });
  if (!looked) return null;
  const { effect, failure } = looked;
  if (failure !== null) return { ...needsPerson(run, effect.sentence), problem: toProblem(failure, run.id) };
  const asWas = `No session of it is left on the coordinator.`;
  if (refused) return endOf(run, "failed", effect, `${asWas} The server had refused "${refused.title}".`);
  if (isAnswered && unsent.length === 0)
    return endOf(run, "succeeded", effect, "Every statement had been answered; only its outcome was not written yet.");
  if (effect.isUnsure) return needsPerson(run, effect.sentence);
  if (effect.seen) return endOf(run, "succeeded", effect, `${asWas} Its effect is there.`);
  return endOf(run, "failed", effect, `${asWas} Its effect is not there. ${leftUndone(run)}`);
}

function leftUndone(run: Run): string {
  const unsent = run.steps.filter((step) => step.state === "waiting");
  return unsent.length === 0 ? "" : `Never sent: ${unsent.map((step) => step.title).join("; ")}.`;
}

/** What the steps read in the end: one that was sent and not answered is told by what came of the whole. */
function endOf(run: Run, state: "succeeded" | "failed", effect: Effect, reconciled: string): End {
  for (const step of run.steps) {
    if (step.state !== "running") continue;
    step.state = state === "succeeded" ? "done" : "failed";
    step.finishedAt = Date.now();
  }
  const problem = state === "failed" ? run.problem : null;
  return { state, effect, problem, reconciled: reconciled.trim() };
}

function needsPerson(run: Run, looked: string): End {
  const titles = run.steps.filter((step) => step.state === "running").map((step) => `"${step.title}"`);
  return {
    state: "unknown",
    effect: { seen: false, sentence: looked, isUnsure: true },
    problem: run.problem,
    reconciled: `It needs a person. ${titles.join(", ") || "A statement"} was sent and its answer never came; no session of it is left. ${looked} Look at the cluster, then close the operation with what you found.`,
  };
}

function unknownChange(run: Run): End {
  return needsPerson(run, `This console knows no change "${run.change}", so it cannot look for its effect.`);
}
