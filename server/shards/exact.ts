import "server-only";
import type { ExactShards, ExactShardsOf } from "@/lib/domain/shard";
import { AppError, isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/shards";

/**
 * What Citus itself measures for one table or one node. Asked by hand only: the view measures the whole cluster for it.
 * A worker that is down or frozen costs its own sizes and at most the connection timeout.
 */
export async function readExactShards(target: Target, of: ExactShardsOf): Promise<ExactShards> {
  const started = performance.now();
  const warnings = new Set<string>();
  const onMessage = ({ isWarning, text }: { isWarning: boolean; text: string }) => {
    if (isWarning) warnings.add(text);
  };
  const params = {
    tableOid: of.kind === "table" ? of.tableOid : null,
    nodeId: of.kind === "node" ? of.nodeId : null,
  };
  const rows = await run(target, statements.exactShards, params, { onMessage }).catch((cause: unknown) => {
    throw tooLong(cause);
  });
  return {
    of,
    shards: rows.map((row) => ({
      shardId: row.shardid,
      tableOid: row.table_oid,
      groupId: row.groupid,
      name: row.name,
      bytes: row.bytes,
    })),
    tookMs: Math.round(performance.now() - started),
    warnings: [...warnings],
  };
}

/** At 100,000 shards the view takes longer than a question may; the sentence says that asking for less does not help. */
function tooLong(cause: unknown): unknown {
  if (!isAppError(cause) || cause.code !== "query_timeout") return cause;
  const detail = "Citus measures every shard of the cluster to answer this, and that took more than 10 s here.";
  return new AppError("query_timeout", detail, { cause, ...(cause.sqlState && { sqlState: cause.sqlState }) });
}
