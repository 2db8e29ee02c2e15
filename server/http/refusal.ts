import "server-only";
import { randomUUID } from "node:crypto";
import type { ErrorCode, Problem } from "@/lib/errors";
import { log } from "@/server/log";
import { toProblem } from "@/server/problem";
import { addressOfRequest } from "./address";

/** Refusals that say something about who asks. Not `too_many_requests`: whoever floods the console shall not flood its log too. */
const ON_LOG: readonly ErrorCode[] = ["not_signed_in", "not_allowed", "reauth_required", "cross_site", "wrong_host"];

/** What is told of a failed request; a refusal for want of identity, right or origin leaves a line in the log. */
export function refusalOf(cause: unknown, headers: Headers, person?: string): Problem {
  const problem = toProblem(cause, randomUUID());
  const { code, traceId } = problem;
  if (ON_LOG.includes(code))
    log.warn("refused", { code, traceId, from: addressOfRequest(headers), ...(person !== undefined && { person }) });
  return problem;
}
