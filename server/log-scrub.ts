import "server-only";
import { isAppError } from "@/lib/errors";

const SECRET_NAME = /pass(word|wd)?$|secret|token|cookie|authorization|credential|api_?key/i;
/** The password of a connection string, wherever in a text it stands. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s@/]+@/gi;
const REMOVED = "[removed]";
const DEPTH = 4;
const LONGEST = 2_000;

/** What may be written to a log: no value under a secret's name, no password of a connection string, errors as `errorFields` has them. */
export function scrub(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return scrubText(value);
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error) return errorFields(value, depth);
  if (depth >= DEPTH) return "…";
  if (Array.isArray(value)) return value.slice(0, 50).map((one) => scrub(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, SECRET_NAME.test(name) ? REMOVED : scrub(one, depth + 1)]),
  );
}

export function scrubText(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return short.replace(URL_PASSWORD, `$1:${REMOVED}@`);
}

/**
 * An error as a log may have it. Of an error that PostgreSQL sent, only what is a name in PostgreSQL's own source: its words
 * quote what was in the statement ("Key (email)=(…) already exists", "invalid input syntax … \"…\""). Properties that others
 * put on errors stay out for the same reason: a failed URL carries itself, with its password.
 */
function errorFields(error: Error, depth: number): Record<string, unknown> {
  const inner = error.cause instanceof Error && depth < DEPTH ? { cause: errorFields(error.cause, depth + 1) } : {};
  if (isFromServer(error)) return { name: "DatabaseError", sqlState: error.code, routine: error.routine };
  if (isAppError(error)) {
    const { code, sqlState } = error;
    // Its sentence is the server's own where it dresses a server's answer.
    const detail = isFromServer(error.cause) ? {} : { detail: scrubText(error.message) };
    return { name: error.name, code, ...(sqlState && { sqlState }), ...detail, ...inner };
  }
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line)) ?? [];
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return {
    name: error.name,
    ...code,
    message: scrubText(error.message),
    at: frames.slice(0, 8).map((f) => f.trim()),
    ...inner,
  };
}

/** By shape: this file also runs where the driver is not loaded. */
function isFromServer(error: unknown): error is Error & { code?: string; routine?: string } {
  return error instanceof Error && "severity" in error && "routine" in error;
}
