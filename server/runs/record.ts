import "server-only";
import { AppError, isAppError } from "@/lib/errors";
import { log } from "@/server/log";
import { type StoredRun, saveRun } from "@/server/store/runs";
import { state } from "@/server/store/state";

/** What the server says in the middle of a long statement is on screen after this, without a write per word. */
const SOON_MS = 300;

/** A run as the process that follows it holds it: `run` is changed here, and saved whole. */
export type RunRecord = StoredRun & {
  /** Durable when it resolves. @throws AppError `record_failed`, or `conflict` where another process follows the run by now */
  save: () => Promise<void>;
  saveSoon: () => void;
  /** No more saves: what comes of the run is written with its end, or by another process. */
  close: () => Promise<void>;
  isClosed: () => boolean;
};

export function recordOf(stored: StoredRun): RunRecord {
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function save(): Promise<void> {
    const written = last.then(async () => {
      if (closed || !(await saveRun(await state(), stored.run, stored.instance))) throw lost();
    });
    last = written.catch(() => undefined);
    return written.catch((cause: unknown) => {
      throw isAppError(cause) && cause.code === "state_failed"
        ? new AppError("record_failed", "The run's record in the console's own database cannot be written.", { cause })
        : cause;
    });
  }

  return Object.assign(stored, {
    save,
    saveSoon() {
      timer ??= setTimeout(() => {
        timer = undefined;
        if (!closed)
          save().catch((cause: unknown) => log.warn("words of a run were not saved", { cause, runId: stored.run.id }));
      }, SOON_MS).unref();
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await last;
    },
    isClosed: () => closed,
  });
}

function lost(): AppError {
  return new AppError(
    "conflict",
    "Another console process follows this run by now; this one sends nothing more for it.",
  );
}
