import "server-only";
import { type ErrorCode, isAppError, type Problem } from "@/lib/errors";
import { log } from "./log";

/** HTTP status by what went wrong; everything the cluster did is 502 or 503, never 500, which is ours alone. */
export const STATUS_BY_CODE: Record<ErrorCode, number> = {
  bad_input: 400,
  not_signed_in: 401,
  sign_in_refused: 401,
  provider_unreachable: 502,
  not_allowed: 403,
  reauth_required: 403,
  too_many_requests: 429,
  cross_site: 403,
  wrong_host: 421,
  body_too_large: 413,
  confirmation_expired: 409,
  not_found: 404,
  conflict: 409,
  stale_plan: 409,
  cluster_unreachable: 503,
  cluster_silent: 503,
  host_unknown: 503,
  console_busy: 503,
  cluster_starting: 503,
  login_refused: 502,
  not_admitted: 502,
  no_such_database: 502,
  login_too_strong: 502,
  tls_refused: 502,
  session_unlike: 502,
  not_primary: 503,
  two_primaries: 503,
  another_system: 502,
  node_unreachable: 502,
  node_unsteady: 502,
  not_a_coordinator: 502,
  not_citus: 502,
  version_unsupported: 502,
  too_many_connections: 503,
  query_timeout: 504,
  lock_timeout: 503,
  query_cancelled: 503,
  pg_permission: 502,
  pg_refused: 502,
  capability_missing: 501,
  unexpected_row: 502,
  answer_too_large: 502,
  record_failed: 503,
  state_failed: 503,
  // Only ever noticed in the browser.
  console_unreachable: 503,
  internal: 500,
};

/** What may be told of a failure. An error that nobody dressed is ours: its text stays in the log. */
export function toProblem(cause: unknown, traceId: string): Problem {
  if (!isAppError(cause)) {
    log.error("unexpected failure", { cause, traceId });
    return { code: "internal", detail: "The server's log has the cause under this trace id.", traceId };
  }
  const { code, message, sqlState, serverDetail, serverHint, remedy, runId } = cause;
  return {
    code,
    detail: message,
    traceId,
    ...(sqlState && { sqlState }),
    ...(serverDetail && { serverDetail }),
    ...(serverHint && { serverHint }),
    ...(remedy && { remedy }),
    ...(runId && { runId }),
  };
}
