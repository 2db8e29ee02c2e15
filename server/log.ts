import "server-only";
import pino from "pino";
import { scrub } from "./log-scrub";

type Fields = { cause?: unknown; traceId?: string; person?: string } & Record<string, unknown>;

/**
 * One JSON line per event on stderr, in UTC, so that any collector can read it; stdout belongs to the audit. Statements are
 * named, never quoted. Written at once, without a thread: the last lines before an end are the ones that are looked for.
 */
const logger = pino(
  {
    base: null,
    messageKey: "message",
    timestamp: () => `,"at":"${new Date().toISOString()}"`,
    formatters: { level: (level) => ({ level }) },
  },
  { write: (line: string) => void process.stderr.write(line) },
);

function write(level: "info" | "warn" | "error", message: string, fields: Fields = {}): void {
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  logger[level](scrub(Object.fromEntries(known)), message);
}

export const log = {
  info: (message: string, fields?: Fields) => write("info", message, fields),
  warn: (message: string, fields?: Fields) => write("warn", message, fields),
  error: (message: string, fields?: Fields) => write("error", message, fields),
};
