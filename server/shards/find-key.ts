import "server-only";
import { mayFindKey } from "@/lib/domain/find-key";
import type { FindKeyInput, FoundKey } from "@/lib/domain/shard";
import { fullName } from "@/lib/domain/table-facts";
import { AppError, isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/shards";
import { listTables } from "@/server/topology/reads";

type Distribution = { schema: string; name: string; column: string; column_type: string };

/**
 * In which shard a value of the table's distribution column lies, and which node groups hold it. The hash decides, so a
 * row with that value need not exist.
 *
 * @throws AppError `bad_input` for a value that the column's type cannot read and for a table that is not distributed by hash
 */
export async function findKey(target: Target, { tableOid, value }: FindKeyInput): Promise<FoundKey> {
  const [distribution] = await run(target, statements.distributionOf, { tableOid });
  if (!distribution) throw await whyNot(target, tableOid);
  const shardId = await shardOf(target, tableOid, value, distribution);
  const [shard] = await run(target, statements.placementsOf, { shardId });
  if (!shard) throw new AppError("not_found", `Shard ${shardId} went away while it was looked up.`);
  return {
    tableOid,
    column: distribution.column,
    columnType: distribution.column_type,
    value,
    shardId,
    min: shard.min,
    max: shard.max,
    groupIds: shard.group_ids,
  };
}

async function shardOf(target: Target, tableOid: number, value: string, distribution: Distribution): Promise<number> {
  try {
    const [found] = await run(target, statements.findKey, { tableOid, value });
    if (found?.shard_id != null) return found.shard_id;
  } catch (cause) {
    throw inWords(cause, target, value, distribution);
  }
  throw new AppError("not_found", `No shard of ${fullName(distribution)} covers this value.`);
}

/** Class 22 is PostgreSQL's for values: the column's type could not read this one. */
function inWords(cause: unknown, target: Target, value: string, distribution: Distribution): unknown {
  if (!isAppError(cause)) return cause;
  const { column, column_type } = distribution;
  const words = { cause, ...(cause.sqlState && { sqlState: cause.sqlState }), serverDetail: cause.message };
  if (cause.sqlState?.startsWith("22")) {
    const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
    return new AppError("bad_input", `"${shown}" is not a value of ${column}, which is ${column_type}.`, words);
  }
  if (cause.code === "pg_permission") {
    const login = target.logins.ops.user;
    return new AppError(
      "pg_permission",
      `Login ${login} needs SELECT on ${fullName(distribution)} to look up a key.`,
      words,
    );
  }
  return cause;
}

async function whyNot(target: Target, tableOid: number): Promise<AppError> {
  const table = (await listTables(target)).find((candidate) => candidate.oid === tableOid);
  if (!table) return new AppError("not_found", "Citus does not know this table, or no longer.");
  const verdict = mayFindKey(table);
  const because = verdict.allowed ? `Table ${fullName(table)} is not distributed by hash.` : verdict.because;
  return new AppError("bad_input", because);
}
