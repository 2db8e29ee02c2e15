import type { Activity, Blocker } from "./activity";
import type { ChangePlan, Run } from "./change";
import type { Flight } from "./flight";
import type { Job, Jobs, JobTask } from "./job";
import { normaliseSql } from "./normalise-sql";
import type { PlannerFacts } from "./planner-rules";
import type { PlanSet } from "./rebalance";
import { redactAnswers, redactProblem, redactTail, redactWords } from "./redact-words";

/** Names that Citus gives its own prepared transactions; any other name is a text that somebody chose. */
const GID_OF_CITUS = /^citus_\d+_\d+_\d+_\d+$/;

/** Sessions and lock waits without the literals of their statements, and without the names people gave to prepared transactions. */
export function redactActivity(activity: Activity): Activity {
  const shapes = new Map<string, string>();
  const shapeOf = (query: string) => {
    const known = shapes.get(query) ?? normaliseSql(query);
    shapes.set(query, known);
    return known;
  };
  const aliases = new Map<string, string>();
  const aliasOf = (gid: string) => {
    if (GID_OF_CITUS.test(gid)) return gid;
    const alias = aliases.get(gid) ?? `name hidden (${aliases.size + 1})`;
    aliases.set(gid, alias);
    return alias;
  };
  const blockerSeen = (blocker: Blocker): Blocker =>
    blocker.kind === "session" || blocker.gid === null ? blocker : { ...blocker, gid: aliasOf(blocker.gid) };
  return {
    ...activity,
    answers: redactAnswers(activity.answers),
    prepared: activity.prepared?.map((one) => ({ ...one, gid: aliasOf(one.gid) })) ?? null,
    sessions: activity.sessions.map((session) => ({ ...session, query: shapeOf(session.query) })),
    waits: activity.waits.map((wait) => ({ ...wait, blocker: blockerSeen(wait.blocker) })),
  };
}

/** Which shard goes where is no literal of anybody's data. */
const MOVE = /^SELECT pg_catalog\.citus_move_shard_placement\(\d+,\d+,\d+,'[a-z_]+'\)$/;
const DESCRIPTION_OF_CITUS = /^Rebalance (?:all colocation groups|colocation group \d+)$/;

const redactCommand = (command: string) => (MOVE.test(command) ? command : normaliseSql(command));

export function redactTask(task: JobTask): JobTask {
  return {
    ...task,
    command: redactCommand(task.command),
    message: task.message === null ? null : redactWords(task.message),
  };
}

function redactJob(job: Job): Job {
  return {
    ...job,
    description: DESCRIPTION_OF_CITUS.test(job.description) ? job.description : job.jobType,
    failure: job.failure === null ? null : redactWords(job.failure),
  };
}

/** Jobs without the words of the errors of their tasks, except those that quote nothing. */
export function redactJobs(jobs: Jobs): Jobs {
  return {
    ...jobs,
    jobs: jobs.jobs.map(redactJob),
    tasks: jobs.tasks.map(redactTask),
    progressProblem: jobs.progressProblem === null ? null : redactTail(jobs.progressProblem),
  };
}

/** The record of a run without the words of the errors of its tasks. */
export function redactFlight(flight: Flight): Flight {
  const seen = new Map<string, string>();
  const wordsOf = (message: string) => {
    const words = seen.get(message) ?? redactWords(message);
    seen.set(message, words);
    return words;
  };
  return {
    ...flight,
    job: redactJob(flight.job),
    tasks: flight.tasks.map((task) => ({ ...task, command: redactCommand(task.command) })),
    samples: flight.samples.map((sample) =>
      sample.message === null ? sample : { ...sample, message: wordsOf(sample.message) },
    ),
  };
}

/** An operation for somebody who may not read literals: what it is, who started it and how it ended stay. */
export function redactRun(run: Run): Run {
  return {
    ...run,
    input: {},
    steps: run.steps.map((step) => ({
      ...step,
      sql: step.sql.map(normaliseSql),
      messages: step.messages.map(redactWords),
    })),
    problem: run.problem && redactProblem(run.problem),
    effect: run.effect && { ...run.effect, sentence: redactTail(run.effect.sentence) },
  };
}

/** Why a strategy's function failed is in the server's words. */
export function redactPlannerFacts(facts: PlannerFacts): PlannerFacts {
  return {
    ...facts,
    strategies: facts.strategies.map((one) => (one.known ? one : { ...one, because: redactWords(one.because) })),
  };
}

/** Plans of a rebalance: of what Citus said beside them, what quotes nothing. */
export function redactPlans(set: PlanSet): PlanSet {
  return {
    ...set,
    plans: set.plans.map((one) => {
      if (one.state === "failed") return { ...one, problem: redactProblem(one.problem) };
      return one.state === "ready"
        ? { ...one, plan: { ...one.plan, notices: one.plan.notices.map(redactWords) } }
        : one;
    }),
  };
}

/** A plan for somebody who may not read literals. Its own statements stay: they are made of what was asked for and of names. */
export function redactPlan(plan: ChangePlan): ChangePlan {
  return {
    ...plan,
    notes: plan.notes.map((note) =>
      note.quotesSql && note.detail !== undefined ? { ...note, detail: normaliseSql(note.detail) } : note,
    ),
  };
}
