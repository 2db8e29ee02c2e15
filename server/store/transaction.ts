import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import { AppError } from "@/lib/errors";
import type { Database } from "./database";

type Inside = Pick<Database, "all" | "dialect">;
type Open = { isOpen: boolean };

/** What both databases hold of a transaction's rules, so that what works on one works on the other. */
export type TransactionScope = {
  /** Asking the database itself from inside its transaction would wait for its own end (SQLite) or see another world (PostgreSQL). */
  refuseInside: () => void;
  run: <T>(inside: Inside, work: (inside: Inside) => Promise<T>) => Promise<T>;
};

export function transactionScope(): TransactionScope {
  const current = new AsyncLocalStorage<Open>();
  return {
    refuseInside() {
      if (current.getStore()?.isOpen)
        throw new Error("Inside a transaction only the handed database may be used, and no other may be opened.");
    },
    async run(inside, work) {
      const open: Open = { isOpen: true };
      const guarded = strict(inside, open);
      try {
        const result = await current.run(open, () => work(guarded.inside));
        await guarded.settled();
        return result;
      } finally {
        open.isOpen = false;
      }
    },
  };
}

/**
 * One statement at a time, none after the end, and none after one that failed: PostgreSQL refuses it, SQLite would go on. Work
 * that swallows such a failure does not succeed.
 */
function strict({ dialect, all }: Inside, open: Open): { inside: Inside; settled: () => Promise<void> } {
  let failure: { cause: unknown } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const refuseAfterFailure = () => {
    if (failure)
      throw new AppError("state_failed", "A statement failed before in the same transaction.", {
        cause: failure.cause,
      });
  };
  const guarded: Inside["all"] = (statement, values) => {
    const result = last.then(async () => {
      if (!open.isOpen) throw new Error("The transaction is over: what it was handed can no longer be used.");
      refuseAfterFailure();
      return all(statement, values);
    });
    last = result.catch((cause: unknown) => {
      failure ??= { cause };
    });
    return result;
  };
  return {
    inside: { dialect, all: guarded },
    async settled() {
      await last;
      refuseAfterFailure();
    },
  };
}
