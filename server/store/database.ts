import "server-only";
import type { z } from "zod";

/** What the console's own tables hold: texts, whole numbers (times as epoch milliseconds, booleans as 0 and 1), nothing else. */
export type Value = string | number | null;

/**
 * SQL that SQLite and PostgreSQL both understand, values as `$n`, with the shape of its rows. Both know `now_ms()`: epoch
 * milliseconds by the database's own clock, which is the only one that several consoles share.
 */
export type StoreStatement<Row> = { text: string; row: z.ZodType<Row> };

export function storeStatement<Row>(definition: StoreStatement<Row>): StoreStatement<Row> {
  return definition;
}

/** The console's own state, whichever database holds it. Statements of one transaction never mix with anybody else's. */
export type Database = {
  dialect: "sqlite" | "postgres";
  /** @throws AppError `state_failed` when the database does not do it (disk full, read-only, gone) */
  all: <Row>(statement: StoreStatement<Row>, values?: readonly Value[]) => Promise<Row[]>;
  /**
   * All or nothing, durable when it resolves, one after the other on this state, whichever console they come from. Inside, only
   * the handed database may be used; after a statement that failed the whole fails.
   */
  transaction: <T>(work: (inside: Pick<Database, "all" | "dialect">) => Promise<T>) => Promise<T>;
  /** Hears what other consoles on this state say. Absent where there are no others. Returns how to stop. */
  listen?: (hear: (payload: string) => void) => () => void;
  close: () => Promise<void>;
};
