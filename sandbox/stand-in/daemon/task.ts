import { copyShards, type Transfer } from "./copy.ts";
import type { Phase } from "./pace.ts";
import { type Run, spend } from "./run.ts";
import { openNode, openSession, type Session } from "./session.ts";

const MOVE = /citus_move_shard_placement\((\d+),(\d+),(\d+),'(\w+)'\)/;
const COPY_ONE = /citus_internal_copy_single_shard_placement\((\d+),\d+,(\d+),/;
const REFERENCE_TABLES = /replicate_reference_tables\(/;

/** Does what the command of a task says, in phases that can be watched; a command of another kind is simply sent. */
export async function runTask(run: Run): Promise<void> {
  const { command } = run.task;
  const move = MOVE.exec(command);
  if (move) return moveShards(run, move);
  const copy = COPY_ONE.exec(command);
  if (copy) return copyReferenceTables(run, copy[1], copy[2]);
  if (REFERENCE_TABLES.test(command)) return copyReferenceTables(run);
  await run.executor.query(command);
}

async function moveShards(run: Run, [, shardId, source, target, mode]: RegExpExecArray): Promise<void> {
  const { executor } = run;
  const [operation] = await executor.query<{ id: string }>(
    "select nextval('pg_catalog.pg_dist_operationid_seq')::text as id",
  );
  // Held until the session ends: while it is, the clean-up leaves what this move makes alone.
  await executor.query("select pg_catalog.pg_advisory_lock($1)", [operation?.id]);
  try {
    const [begun] = await executor.query<{ move: Transfer | null }>(
      "select citus_internal.begin_move($1, $2, $3, $4, $5) as move",
      [shardId, source, target, mode, operation?.id],
    );
    if (!begun?.move) return;
    const { move } = begun;
    await transfer(run, executor, move, mode === "block_writes", () =>
      executor.query("select citus_internal.finish_move($1, $2, $3, $4)", [
        shardId,
        move.source.groupid,
        move.target.groupid,
        operation?.id,
      ]),
    );
  } finally {
    await executor.query("select citus_internal.end_progress()").catch(() => undefined); // its rows go with the session
  }
}

/** Progress of these copies is reported by a session of their own, as Citus does: the task itself shows none. */
async function copyReferenceTables(run: Run, shardId?: string, nodeId?: string): Promise<void> {
  await using reporter = await openSession(run.url, await purpose(run.executor));
  const copies = await reporter.query<{ shardid: string; nodeid: number; source: number; copy: Transfer }>(
    "select shardid::text, nodeid, source, copy from citus_internal.reference_copies_to_make($1, $2)",
    [shardId ?? null, nodeId ?? null],
  );
  for (const { shardid, nodeid, source, copy } of copies) {
    await reporter.query("select citus_internal.report_copy($1, $2, $3)", [shardid, source, nodeid]);
    await transfer(run, reporter, copy, true, () =>
      reporter.query("select citus_internal.add_placement($1, $2)", [shardid, copy.target.groupid]),
    );
    await reporter.query("select citus_internal.end_progress()");
  }
}

async function transfer(
  run: Run,
  reporter: Session,
  plan: Transfer,
  blocking: boolean,
  finish: () => Promise<unknown>,
) {
  const timeoutMs = await connectionTimeout(run.executor);
  const name = await purpose(run.executor);
  await using source = await openNode(run.url, plan.source, name, timeoutMs, run.signal);
  await using target = await openNode(run.url, plan.target, name, timeoutMs, run.signal);
  const phase = async (status: Phase, lsn: string | null = null) => {
    run.signal.throwIfAborted();
    await reporter.query("select citus_internal.show_phase($1, 1, $2::pg_lsn)", [status, lsn]);
    await spend(run, status === "Copying Data" ? 0 : run.pace.phaseMs[status]);
  };

  // Readers go on; a writer would be lost between the copy and the switch.
  await source.query(`begin; lock table only ${plan.shards.map(({ name }) => name).join(", ")} in exclusive mode`);
  for (const { relation, shardid } of plan.shards) {
    await target.query("select citus_internal.create_shard($1::regclass, $2)", [relation, shardid]);
  }
  await phase("Setting Up");
  await phase("Copying Data");
  await copyShards(run, source, target, plan);
  if (!blocking) await phase("Catching Up");
  await phase("Creating Constraints");
  if (!blocking) await phase("Final Catchup", await walPosition(source));
  for (const { foreignKeys } of plan.shards) if (foreignKeys) await target.query(foreignKeys);
  await phase("Creating Foreign Keys");
  await phase("Completing");
  await finish();
  await reporter.query("select citus_internal.show_phase('Completed', 2)");
  await source.query("commit");
}

async function walPosition(session: Session): Promise<string | null> {
  const [row] = await session.query<{ lsn: string }>("select pg_catalog.pg_current_wal_lsn()::text as lsn");
  return row?.lsn ?? null;
}

async function connectionTimeout(session: Session): Promise<number> {
  const [row] = await session.query<{ ms: number }>(
    "select citus_internal.setting_ms('citus.node_connection_timeout', 30000) as ms",
  );
  return row?.ms ?? 30_000;
}

/** Marks the sessions on other nodes as part of the task's own session. */
async function purpose(executor: Session): Promise<string> {
  const [row] = await executor.query<{ gpid: string }>("select pg_catalog.citus_backend_gpid()::text as gpid");
  return `citus_rebalancer gpid=${row?.gpid ?? ""}`;
}
