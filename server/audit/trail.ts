import "server-only";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { AppError, isAppError } from "@/lib/errors";
import { env } from "@/server/env";
import { log } from "@/server/log";

export type Intent = {
  id: string;
  change: string;
  actor: string;
  clusterId: string;
  subject: string;
  input: unknown;
  sql: readonly string[];
  login: string;
};
export type Outcome =
  | { state: "succeeded"; jobId: number | null; effect: string | null }
  | { state: "failed" | "unknown"; cause: unknown };
export type RecordEntry = { close: (outcome: Outcome) => Promise<void> };

/**
 * Puts an intent on record before the first statement is sent. The record is a file to which lines are only ever added;
 * each line is on disk before this returns. An intent without an outcome reads as "outcome unknown".
 *
 * @throws AppError `record_failed`: then nothing may be done
 */
export async function openRecord(intent: Intent): Promise<RecordEntry> {
  await append({ at: new Date().toISOString(), kind: "intent", ...intent });
  return {
    async close(outcome) {
      const told = outcome.state === "succeeded" ? outcome : { state: outcome.state, ...failure(outcome.cause) };
      // The deed is done by now: a record that cannot be closed stays open and is said in the log.
      await append({ at: new Date().toISOString(), kind: "outcome", id: intent.id, ...told }).catch((cause: unknown) =>
        log.error("an outcome could not be put on record", { cause, id: intent.id }),
      );
    },
  };
}

function failure(cause: unknown) {
  if (!isAppError(cause)) return { code: "internal" };
  return { code: cause.code, sqlState: cause.sqlState, message: cause.message };
}

async function append(line: object): Promise<void> {
  const folder = env().DATA_DIR;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = await open(join(folder, "record.jsonl"), "a", 0o600);
    try {
      await file.appendFile(`${JSON.stringify(line)}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new AppError("record_failed", "The file of actions in the data folder cannot be written.", { cause });
  }
}
