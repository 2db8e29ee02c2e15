import "server-only";
import type { Note } from "@/lib/domain/change";
import { nullsFound, nullsNotLookedFor } from "@/lib/domain/distribute-column-rules";
import type { TableFacts } from "@/lib/domain/table-facts";
import { isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import { findNull } from "@/server/sql/tables";

/** Looking for a NULL reads the whole table when there is none: above this it would cost more than it is worth. */
const LARGEST_READ_BYTES = 256 * 1024 * 1024;

/** Whether rows without a value in the distribution column would stop the copy. Asked of the table itself, by the login that makes changes. */
export async function noteNulls(target: Target, table: TableFacts, columnName: string): Promise<Note[]> {
  const column = table.columns.find((candidate) => candidate.name === columnName);
  if (!column || column.isNotNull) return [];
  if (table.bytes === null || table.bytes > LARGEST_READ_BYTES) return [nullsNotLookedFor(columnName, null)];
  try {
    const [row] = await run(target, findNull(table.schema, table.name, columnName), undefined);
    return row?.found ? [nullsFound(columnName)] : [];
  } catch (cause) {
    // Somebody holds a lock, or it took too long: the table may still be distributed, and then Citus finds out.
    if (isAppError(cause)) return [nullsNotLookedFor(columnName, cause.message)];
    throw cause;
  }
}
