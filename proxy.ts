import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { answerHeaders, contentSecurityPolicy } from "./server/http/browser-rules";

/**
 * Adds headers, and nothing else: who may see what is decided where it is read, so that a request that finds a way round this
 * file finds the same answers. Next takes the nonce for its own scripts from the request's policy.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = randomBytes(16).toString("base64");
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === "development");
  const headers = new Headers(request.headers);
  headers.set("content-security-policy", policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of Object.entries(answerHeaders())) response.headers.set(name, value);
  return response;
}

/** Everything but the files of the build: those are the same for everybody and may be kept (their headers: next.config.ts). */
export const config = { matcher: "/((?!_next/static/).*)" };
