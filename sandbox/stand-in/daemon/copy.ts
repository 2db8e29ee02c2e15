import { type Run, spend } from "./run.ts";
import type { NodeAddress, Session } from "./session.ts";

type Shard = { shardid: string; relation: string; name: string; foreignKeys: string | null };
type TransferNode = NodeAddress & { groupid: number };
export type Transfer = { source: TransferNode; target: TransferNode; sourceConninfo: string; shards: Shard[] };

/** Into so many parts a group's rows are cut, so that its size on the target is seen to grow. */
const PARTS = 14;

/** The target fetches the rows from the source, page by page; every part is committed before the next begins. */
export async function copyShards(run: Run, source: Session, target: Session, plan: Transfer): Promise<void> {
  const pages = await Promise.all(plan.shards.map(async (shard) => ({ shard, pages: await pagesOf(source, shard) })));
  const total = pages.reduce((sum, part) => sum + part.pages, 0);
  const step = Math.max(1, Math.ceil(total / PARTS));
  const pauseMs = (run.pace.phaseMs["Copying Data"] * step) / Math.max(step, total);
  for (const { shard, pages: last } of pages) {
    for (let from = 0; from < last; from += step) {
      await target.query("select citus_internal.pull_rows($1::regclass, $2, $3, $4, $5)", [
        shard.relation,
        shard.shardid,
        plan.sourceConninfo,
        from,
        Math.min(from + step, last),
      ]);
      await spend(run, pauseMs);
    }
  }
}

async function pagesOf(source: Session, { name }: Shard): Promise<number> {
  const [row] = await source.query<{ pages: string }>(
    "select pg_catalog.pg_relation_size($1::regclass) / current_setting('block_size')::int as pages",
    [name],
  );
  return Number(row?.pages ?? 0);
}
