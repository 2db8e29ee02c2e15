import "server-only";
import { lagHistory } from "@/lib/domain/lag-history";
import { lagOf, type Replication, type Standby } from "@/lib/domain/replication";
import { slotsOf, standbysOf } from "@/lib/domain/replication-fold";
import { listSessionNodes } from "@/server/activity/reads";
import type { Target } from "@/server/clusters";
import { askNodes } from "@/server/pg/ask-nodes";
import { ownReplication } from "@/server/sql/replication";
import { memoryOf, type ReplicationMemory, rememberLags, rememberWal } from "./memory";

/**
 * Every primary's standbys and slots as it tells them, with what the console remembers of its WAL: PostgreSQL's replay_lag
 * stands still while replay is paused, so the age of a position has to come from when the primary passed it.
 */
export async function readReplication(target: Target): Promise<Replication> {
  const answers = await askNodes(target, await listSessionNodes(target), ownReplication);
  const memory = await memoryOf(target.clusterId);
  const told = answers.flatMap((answer) => (answer.ok ? [answer] : []));
  const all = told.flatMap(({ nodeId, value }) =>
    standbysOf(nodeId, value, rememberWal(memory, nodeId, { at: value.at, bytes: value.currentAt })),
  );
  // A base backup replays nothing, and a shard move's subscriber ends when its work is done: neither is drawn or missed.
  const lasting = all.filter((standby) => standby.kind === "standby");
  const now = Date.now();
  rememberLags(memory, now, lasting, (standby) => lagOf(standby)?.seconds ?? null);
  return {
    answers: answers.map((answer) => (answer.ok ? { ...answer, value: answer.value.currentLsn } : answer)),
    standbys: all,
    slots: told.flatMap(({ nodeId, value }) => slotsOf(nodeId, value)),
    missing: missingFrom(memory, now, all, new Set(told.map(({ nodeId }) => nodeId))),
    history: lagHistory(memory.frames, now),
  };
}

/** Only a node that answers can say that a standby is gone. */
function missingFrom(
  { seen }: ReplicationMemory,
  now: number,
  standbys: readonly Standby[],
  answered: ReadonlySet<Standby["nodeId"]>,
): Replication["missing"] {
  const present = new Set(standbys.map((standby) => standby.key));
  return [...seen].flatMap(([key, { nodeId, name, at }]) =>
    present.has(key) || !answered.has(nodeId)
      ? []
      : [{ key, nodeId, name, lastSeenSeconds: Math.max(0, now - at) / 1000 }],
  );
}
