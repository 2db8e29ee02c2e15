import "server-only";
import pg from "pg";
import { z } from "zod";
import { AppError, type ErrorCode, isAppError } from "@/lib/errors";
import { tlsReason } from "./tls";

/** Keyed by SQLSTATE and never by message: messages are translated and reworded between versions. */
const BY_SQLSTATE: Record<string, ErrorCode> = {
  // A pooler that does not know an option of ours says so as a breach of the protocol.
  "08P01": "session_unlike",
  "28000": "not_admitted",
  "28P01": "login_refused",
  "3D000": "no_such_database",
  "42501": "pg_permission",
  "42883": "capability_missing",
  "42P01": "capability_missing",
  "42703": "capability_missing",
  "53300": "too_many_connections",
  "55P03": "lock_timeout",
  "57014": "query_timeout",
  "57P01": "cluster_unreachable",
  "57P02": "cluster_unreachable",
  "57P03": "cluster_starting",
};

/** Ways in which a server is on its way down or up. Said of a worker they are its own silence, not the coordinator's. */
const NOT_SERVING: readonly ErrorCode[] = ["cluster_unreachable", "cluster_starting"];

/** SQLSTATEs with which a server ends the session. The severity says it too, but in the server's language. */
const FAREWELL = "57P";

/** Citus raises most of its own refusals as XX000. The C routine that raised them is the stable name. */
const BY_CITUS_ROUTINE: Record<string, ErrorCode> = {
  ErrorOnConcurrentRebalance: "conflict",
  ErrorIfNodeContainsNonRemovablePlacements: "conflict",
  ModifiableWorkerNode: "not_found",
  ReportConnectionError: "node_unreachable",
  EnsureCoordinator: "not_a_coordinator",
};

/** The same SQLSTATE 28000 for a host that may not come in and for a role that is not there; PostgreSQL's routine tells which. */
const BY_ROUTINE: Record<string, ErrorCode> = { InitializeSessionUserId: "login_refused" };

/** A name nobody knows. Node reports it before there is a connection. */
const UNKNOWN_NAME: readonly string[] = ["ENOTFOUND", "EAI_AGAIN", "EAI_NODATA", "EAI_NONAME"];
/** The pool's words when all its connections were in use for too long: nothing was asked of the server at all. */
const POOL_FULL = "timeout exceeded when trying to connect";

/** Whether the connection on which this happened is good for another statement: only after a plain answer of the server. */
export function isStillUsable(failure: AppError): boolean {
  if (failure.code === "unexpected_row") return true;
  const { cause } = failure;
  return cause instanceof pg.DatabaseError && !cause.code?.startsWith(FAREWELL);
}

/** Whether the server was not heard on what it was asked: the connection was cut, or it fell silent. */
export function isWithoutAnswer({ code, cause }: AppError): boolean {
  return (code === "cluster_unreachable" || code === "cluster_silent") && !(cause instanceof pg.DatabaseError);
}

/** A failure on a connection that has no statement timeout: there 57014 says that somebody cancelled the statement. */
export function withoutTimeout(failure: unknown): unknown {
  if (!isAppError(failure) || failure.code !== "query_timeout") return failure;
  const { message, cause, sqlState } = failure;
  return new AppError("query_cancelled", message, { cause, ...(sqlState && { sqlState }) });
}

/** Dresses whatever the driver threw. `about` says whom the connection was to: a worker asked directly is not the coordinator. */
export function fromPgError(
  cause: unknown,
  statementName: string,
  about: "coordinator" | "node" = "coordinator",
): AppError {
  if (isAppError(cause)) return cause;
  const message = short(cause instanceof Error ? cause.message : "unknown failure");
  if (cause instanceof pg.DatabaseError)
    return new AppError(codeOf(cause, about), message, { cause, ...serverWords(cause) });
  if (message.startsWith("SASL")) return new AppError("login_refused", message, { cause });
  const doubt = tlsReason(cause);
  if (doubt !== null) return new AppError("tls_refused", `The server was not believed: ${doubt}.`, { cause });
  const ofNode = (code: ErrorCode): ErrorCode => (about === "node" ? "node_unreachable" : code);
  const silent = ofNode("cluster_silent");
  if (message === POOL_FULL)
    return new AppError(ofNode("console_busy"), "Earlier questions to it have no answer yet.", { cause });
  if (message === "Query read timeout")
    return new AppError(silent, `No answer to ${statementName} within its time.`, { cause });
  if (/timeout/i.test(message))
    return new AppError(silent, "It accepts no session within the connection timeout.", { cause });
  const code = socketCode(cause);
  const unreachable = UNKNOWN_NAME.includes(code ?? "") ? "host_unknown" : "cluster_unreachable";
  return new AppError(ofNode(unreachable), message || code || "The connection failed.", { cause });
}

function codeOf(error: pg.DatabaseError, about: "coordinator" | "node"): ErrorCode {
  // A class-08 *answer* is always about another node: the coordinator itself did answer.
  const aboutWorker = error.code?.startsWith("08") && !(error.code in BY_SQLSTATE) ? "node_unreachable" : undefined;
  const byRoutine =
    BY_CITUS_ROUTINE[error.routine ?? ""] ?? (error.code === "28000" && BY_ROUTINE[error.routine ?? ""]);
  const code = byRoutine || aboutWorker || BY_SQLSTATE[error.code ?? ""] || "pg_refused";
  return about === "node" && NOT_SERVING.includes(code) ? "node_unreachable" : code;
}

function serverWords({ code, detail, hint }: pg.DatabaseError) {
  return {
    ...(code && { sqlState: code }),
    ...(detail && { serverDetail: short(detail) }),
    ...(hint && { serverHint: short(hint) }),
  };
}

/** A server that means harm may say megabytes, and everybody who looks would be sent them. */
const MOST_WORDS = 2_000;
const short = (words: string) => (words.length > MOST_WORDS ? `${words.slice(0, MOST_WORDS)}…` : words);

/** What is wrong with an answer's shape: its first few faults, of what may be a million. */
export function faultsOf(error: z.ZodError): string {
  return short(z.prettifyError(new z.ZodError(error.issues.slice(0, 3))));
}

/** An AggregateError of several refused addresses has no message of its own, only a code. */
function socketCode(cause: unknown): string | undefined {
  return typeof cause === "object" && cause !== null && "code" in cause ? String(cause.code) : undefined;
}
