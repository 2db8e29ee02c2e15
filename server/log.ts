import "server-only";

type Fields = { cause?: unknown } & Record<string, unknown>;

/** One JSON line per event on stderr, so that any collector can read it. Statements are named, never quoted. */
function write(level: "info" | "warn" | "error", message: string, { cause, ...fields }: Fields = {}) {
  const error =
    cause instanceof Error
      ? { cause: cause.message, stack: level === "error" ? cause.stack : undefined }
      : cause
        ? { cause: String(cause) }
        : {};
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), level, message, ...fields, ...error })}\n`);
}

export const log = {
  info: (message: string, fields?: Fields) => write("info", message, fields),
  warn: (message: string, fields?: Fields) => write("warn", message, fields),
  error: (message: string, fields?: Fields) => write("error", message, fields),
};
