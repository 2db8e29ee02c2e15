import { z } from "zod";

/** Every way a request can fail, by what the reader can do about it. */
export const ERROR_CODES = [
  "bad_input",
  "not_signed_in",
  "sign_in_refused",
  "provider_unreachable",
  "not_allowed",
  "reauth_required",
  "too_many_requests",
  "cross_site",
  "wrong_host",
  "body_too_large",
  "not_found",
  "conflict",
  "stale_plan",
  "cluster_unreachable",
  "cluster_silent",
  "host_unknown",
  "console_busy",
  "cluster_starting",
  "login_refused",
  "not_admitted",
  "no_such_database",
  "login_too_strong",
  "tls_refused",
  "session_unlike",
  "not_primary",
  "two_primaries",
  "another_system",
  "node_unreachable",
  "node_unsteady",
  "not_a_coordinator",
  "not_citus",
  "version_unsupported",
  "too_many_connections",
  "query_timeout",
  "lock_timeout",
  "query_cancelled",
  "pg_permission",
  "pg_refused",
  "capability_missing",
  "unexpected_row",
  "answer_too_large",
  "record_failed",
  "state_failed",
  "confirmation_expired",
  "console_unreachable",
  "internal",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** What crosses the wire. `detail` is safe to show; the cause stays in the server log under `traceId`. */
export const problemSchema = z.object({
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  /** PostgreSQL's own DETAIL and HINT, when the server sent them. */
  serverDetail: z.string().optional(),
  serverHint: z.string().optional(),
  /** Statements that a superuser runs to put it right, where the console knows them. */
  remedy: z.string().optional(),
  sqlState: z.string().optional(),
  /** The operation that is in the way. */
  runId: z.string().optional(),
  traceId: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

type AppErrorOptions = {
  cause?: unknown;
  sqlState?: string;
  serverDetail?: string;
  serverHint?: string;
  remedy?: string;
  runId?: string;
};

/** The one error of the program: everything that goes wrong on purpose is this, recognised by `kind`. */
export class AppError extends Error {
  readonly kind = "AppError";
  readonly code: ErrorCode;
  readonly sqlState: string | undefined;
  readonly serverDetail: string | undefined;
  readonly serverHint: string | undefined;
  readonly remedy: string | undefined;
  readonly runId: string | undefined;

  constructor(code: ErrorCode, detail: string, options: AppErrorOptions = {}) {
    super(detail, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.sqlState = options.sqlState;
    this.serverDetail = options.serverDetail;
    this.serverHint = options.serverHint;
    this.remedy = options.remedy;
    this.runId = options.runId;
  }
}

/** By shape, not instanceof: Next.js may load this module more than once in one process. */
export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && "kind" in error && error.kind === "AppError";
}

/** A failed answer as the browser's code sees it: an Error, so that react-query treats it as one, with the problem inside. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ProblemError";
    this.problem = problem;
  }
}

type Sentence = { title: string; nextStep: string };

/** The sentences for people, one per code. Adding a code without its sentences does not compile. */
export const ERROR_SENTENCES: Record<ErrorCode, Sentence> = {
  bad_input: { title: "That request is not valid", nextStep: "Correct the field that is named and send it again." },
  not_signed_in: { title: "Sign in to continue", nextStep: "Sign in; what is on screen stays." },
  sign_in_refused: {
    title: "You are not signed in",
    nextStep: "Whoever manages people in this console can make you a link.",
  },
  provider_unreachable: {
    title: "The sign-in provider does not answer",
    nextStep: "Check that it runs and that the console reaches it, then try again. A local password still works.",
  },
  not_allowed: { title: "Your role does not allow this", nextStep: "Ask somebody with the right that is named." },
  reauth_required: {
    title: "Prove once more who you are",
    nextStep: "Sign in again in the dialog; what was confirmed is then sent once more.",
  },
  too_many_requests: {
    title: "Too many requests in a short time",
    nextStep: "Wait a few seconds; nothing was done.",
  },
  wrong_host: {
    title: "The console does not answer under this address",
    nextStep: "Open it under the address in its configuration (PUBLIC_ORIGIN).",
  },
  body_too_large: { title: "The request is too large", nextStep: "Nothing was done. Send less at once." },
  confirmation_expired: {
    title: "The confirmation does not hold",
    nextStep:
      "It is good for two minutes, for this plan, this cluster and this person. Look at the plan, then confirm again.",
  },
  cross_site: {
    title: "The request came from another site",
    nextStep: "Open the console under its own address and repeat it there.",
  },
  not_found: { title: "It is no longer there", nextStep: "Read again; somebody may have removed or renamed it." },
  conflict: { title: "The cluster's state does not allow this now", nextStep: "Read the reason; nothing was changed." },
  stale_plan: {
    title: "The cluster changed since the plan was made",
    nextStep: "Look at the new plan, then start it.",
  },
  console_unreachable: {
    title: "The console's own server does not answer",
    nextStep: "Check that it runs and that this browser reaches it. It is asked again every few seconds.",
  },
  cluster_unreachable: {
    title: "The coordinator does not answer",
    nextStep: "Check that PostgreSQL runs there and that this host may connect. The console keeps trying.",
  },
  cluster_silent: {
    title: "The coordinator accepts connections but does not speak",
    nextStep: "It may be frozen or overloaded, or a proxy has lost it. The console keeps trying.",
  },
  host_unknown: {
    title: "The coordinator's host name is not known here",
    nextStep: "Check the name in the configuration, and that this machine's name service knows it.",
  },
  console_busy: {
    title: "All of the console's connections to this cluster are in use",
    nextStep:
      "The coordinator owes answers to earlier questions. The console asks again; nothing more is opened meanwhile.",
  },
  cluster_starting: {
    title: "The coordinator is starting up or shutting down",
    nextStep: "Wait; the console keeps trying. If it lasts, the server's log says what it recovers from.",
  },
  login_refused: {
    title: "The server refuses the login",
    nextStep: "Check user and password in the configuration; pg_hba.conf says which kind of password the server wants.",
  },
  not_admitted: {
    title: "The server lets nobody in from here",
    nextStep:
      "Add this host, this login and this database to pg_hba.conf, with TLS if the server's words say so; then reload it.",
  },
  no_such_database: {
    title: "The server has no such database",
    nextStep: "Check the database's name in the configuration.",
  },
  login_too_strong: {
    title: "The read login is a superuser",
    nextStep: "Give the console a read login with pg_monitor and nothing else; sql/roles.sql makes one.",
  },
  tls_refused: {
    title: "The server did not prove who it is",
    nextStep:
      "Nothing was sent to it. Repair its certificate or name its authority in the configuration (tls: ca_file).",
  },
  session_unlike: {
    title: "The session has other settings than were asked for",
    nextStep: "Connect to PostgreSQL itself, not through a pooler that shares sessions or drops startup options.",
  },
  not_primary: {
    title: "A standby answers where the primary is needed",
    nextStep: "Wait for the failover to end, or correct the list of coordinators. Reading goes on.",
  },
  two_primaries: {
    title: "Two coordinators both say that they are the primary",
    nextStep: "Stop the one that is wrong. Until then the console changes nothing.",
  },
  another_system: {
    title: "Another database answers under the coordinator's address",
    nextStep: "Check where the address leads. Start the console again if the database was replaced on purpose.",
  },
  node_unreachable: {
    title: "The coordinator answers, a worker does not",
    nextStep: "Check the node that is named; everything else is current.",
  },
  node_unsteady: {
    title: "A node answers on and off",
    nextStep:
      "Look at its log and its network; what it holds is shown again when it has been steady for half a minute.",
  },
  not_a_coordinator: {
    title: "This node is a worker, not the coordinator",
    nextStep: "Name the coordinator in the configuration instead.",
  },
  not_citus: {
    title: "This database has no Citus",
    nextStep: "Check the database's name in the configuration, or run CREATE EXTENSION citus there.",
  },
  version_unsupported: {
    title: "This Citus version is too old",
    nextStep: "The console needs Citus 11.1 or newer; 12.1 and newer are supported.",
  },
  too_many_connections: {
    title: "The cluster has no free connection slots",
    nextStep: "End idle sessions or raise max_connections; the console keeps trying.",
  },
  query_timeout: {
    title: "The statement took too long and was stopped",
    nextStep: "Try again when the cluster is less busy.",
  },
  lock_timeout: { title: "A lock is held by somebody else", nextStep: "Look at Activity for who holds it." },
  query_cancelled: { title: "The statement was cancelled", nextStep: "Start it again if that was not meant." },
  pg_permission: {
    title: "The database login lacks a privilege",
    nextStep: "Have a superuser grant it, or use another login; the console reads again by itself.",
  },
  pg_refused: {
    title: "PostgreSQL refused the statement",
    nextStep: "Read the server's own words below; nothing was changed by this statement.",
  },
  capability_missing: {
    title: "This Citus version cannot do that",
    nextStep: "The function or column that is named came with a later version.",
  },
  unexpected_row: {
    title: "The cluster answered in a shape the console does not know",
    nextStep: "Report it with the trace id; nothing was changed.",
  },
  answer_too_large: {
    title: "The answer is larger than the console takes",
    nextStep: "If this is a node, look at what it really is: one that means harm answers like this.",
  },
  record_failed: {
    title: "The record of actions cannot be written",
    nextStep: "Free disk space or repair the data folder; until then nothing is changed on any cluster.",
  },
  state_failed: {
    title: "The console's own state cannot be read or written",
    nextStep: "Free disk space or repair the state database; until then nobody new can sign in and nothing is changed.",
  },
  internal: { title: "Something went wrong in the console", nextStep: "Look for the trace id in the server's log." },
};
