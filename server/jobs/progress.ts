import "server-only";
import type { z } from "zod";
import type { MoveProgress } from "@/lib/domain/job";
import { isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/jobs";

export type ProgressReading = { progress: MoveProgress[]; problem: string | null };

/** A node that hangs makes Citus' own function hang; the list of tasks must not wait for it. */
const PATIENCE_MS = 1_200;

const holder = globalThis as typeof globalThis & { __shardboardProgress?: Map<string, Promise<ProgressReading>> };

/**
 * The moves that run now. Never fails and never takes long: the states of the tasks come from the coordinator's tables and
 * are true without it. One question at a time; one that is not answered yet is waited for again by the next caller.
 */
export async function readProgress(target: Target): Promise<ProgressReading> {
  holder.__shardboardProgress ??= new Map();
  const asked = holder.__shardboardProgress;
  const reading = asked.get(target.clusterId) ?? ask(target).finally(() => asked.delete(target.clusterId));
  asked.set(target.clusterId, reading);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ProgressReading>((resolve) => {
    const problem =
      "Citus has not said yet how far the running moves are: it asks the nodes that take part, and one is slow to answer.";
    timer = setTimeout(() => resolve({ progress: [], problem }), PATIENCE_MS);
  });
  return Promise.race([reading, late]).finally(() => clearTimeout(timer));
}

async function ask(target: Target): Promise<ProgressReading> {
  try {
    const rows = await run(target, statements.readProgress, undefined);
    return { progress: movesOf(rows), problem: null };
  } catch (cause) {
    return { progress: [], problem: sentenceOf(cause) };
  }
}

/** 08006 is an answer of the coordinator about a worker: it could not measure the shards there. */
function sentenceOf(cause: unknown): string {
  if (!isAppError(cause)) throw cause;
  if (cause.code === "node_unreachable")
    return "How far the running moves are is not known: a node that takes part does not answer the coordinator.";
  return `How far the running moves are is not known: ${cause.message}`;
}

type Row = z.output<typeof statements.readProgress.row>;

/** One move per executor: Citus gives a row per colocated shard, and a foreground rebalance also those that wait or are over. */
function movesOf(rows: readonly Row[]): MoveProgress[] {
  const moves = new Map<number, MoveProgress>();
  for (const row of rows.filter((candidate) => candidate.progress === 1)) {
    const known = moves.get(row.sessionid);
    const move: MoveProgress = {
      sessionId: row.sessionid,
      shardIds: [...(known?.shardIds ?? []), row.shardid],
      source: row.source,
      target: row.target,
      phase: row.phase ?? "",
      operation: row.operation,
      sourceBytes: plus(known, known?.sourceBytes, row.source_bytes),
      targetBytes: plus(known, known?.targetBytes, row.target_bytes),
      lagBytes: row.lag_bytes ?? known?.lagBytes ?? null,
    };
    moves.set(row.sessionid, move);
  }
  return [...moves.values()];
}

function plus(isNext: unknown, sum: number | null | undefined, bytes: number | null): number | null {
  if (!isNext) return bytes;
  return sum === null || sum === undefined || bytes === null ? null : sum + bytes;
}
