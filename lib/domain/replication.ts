import { z } from "zod";
import { type FromNode, fromNodeSchema } from "./from-node";
import { nodeIdSchema } from "./node";

/** standby: replays everything. subscriber: a logical slot feeds it (a shard move, for one). backup: a base backup that is being taken. */
const RECEIVER_KINDS = ["standby", "subscriber", "backup"] as const;
export type ReceiverKind = (typeof RECEIVER_KINDS)[number];

/** How long ago the primary's WAL passed the position that was replayed. `atLeast`: it may be longer, nobody watched. */
const behindSchema = z.object({ seconds: z.number(), atLeast: z.boolean() });
export type Behind = z.infer<typeof behindSchema>;

/** One row of pg_stat_replication on one primary. */
const standbySchema = z.object({
  /** "nodeid name address", and where those are shared the slot as well. Stays the same over reconnects. */
  key: z.string(),
  nodeId: nodeIdSchema,
  name: z.string(),
  kind: z.enum(RECEIVER_KINDS),
  user: z.string().nullable(),
  client: z.string().nullable(),
  slot: z.string().nullable(),
  /** startup, catchup, streaming, backup, stopping; null: the login may not see it. */
  state: z.string().nullable(),
  syncState: z.string().nullable(),
  /** PostgreSQL's own lags. null: nothing was sent lately. They keep their last value while replay is paused. */
  writeSeconds: z.number().nullable(),
  flushSeconds: z.number().nullable(),
  replaySeconds: z.number().nullable(),
  sentLsn: z.string().nullable(),
  replayLsn: z.string().nullable(),
  /** Bytes between the primary's WAL now and what was sent, written, flushed and replayed. */
  sentBytes: z.number().nullable(),
  writeBytes: z.number().nullable(),
  flushBytes: z.number().nullable(),
  replayBytes: z.number().nullable(),
  behind: behindSchema.nullable(),
});
export type Standby = z.infer<typeof standbySchema>;

/** What a key says of a standby that is listed nowhere any more: the chart still has its line. */
export function partsOfKey(key: string): { nodeId: number; name: string } {
  const [node = "", name = ""] = key.split(" ");
  return { nodeId: Number(node), name };
}

/** What a slot is for, where its name says it. */
export const SLOT_PURPOSES = ["shard-move", "shard-split"] as const;

const slotSchema = z.object({
  nodeId: nodeIdSchema,
  name: z.string(),
  kind: z.enum(["physical", "logical"]),
  database: z.string().nullable(),
  purpose: z.enum(SLOT_PURPOSES).nullable(),
  isActive: z.boolean(),
  isTemporary: z.boolean(),
  /** WAL that the primary keeps for it; null: it has reserved none yet, or lost it. */
  keptBytes: z.number().nullable(),
  /** max_slot_wal_keep_size; null: no limit, the disk is. */
  limitBytes: z.number().nullable(),
  /** reserved, extended, unreserved, lost. */
  walStatus: z.string().nullable(),
  /** How long nobody has used it; null: in use, or before PostgreSQL 17. */
  inactiveSeconds: z.number().nullable(),
});
export type Slot = z.infer<typeof slotSchema>;

/** A standby that streamed within the remembered time and does not now, from a node that answers. */
const missingStandbySchema = z.object({
  key: z.string(),
  nodeId: nodeIdSchema,
  name: z.string(),
  lastSeenSeconds: z.number(),
});

/** One value per time; null: nobody watched, the node did not answer, or the standby was not there. */
const lagHistorySchema = z.object({
  /** Epoch milliseconds by the console's clock. */
  times: z.array(z.number()),
  series: z.array(z.object({ key: z.string(), values: z.array(z.number().nullable()) })),
});
export type LagHistory = z.infer<typeof lagHistorySchema>;

/** The topic `replication`. */
export const replicationSchema = z.object({
  /** Each primary's current WAL position, or why it is not known: its standbys and slots are missing below. */
  answers: z.array(fromNodeSchema(z.string())),
  standbys: z.array(standbySchema),
  slots: z.array(slotSchema),
  missing: z.array(missingStandbySchema),
  history: lagHistorySchema,
});
export type Replication = Omit<z.infer<typeof replicationSchema>, "answers"> & { answers: FromNode<string>[] };

/** Lag from which a standby is called behind. Below it a busy primary and one poll explain it. */
export const BEHIND_FROM_SECONDS = 10;

/**
 * The lag to act on. PostgreSQL's replay lag is exact while replay goes on and stands still when it does not; the
 * position's age is coarse and never lies. So: the greater of the two, and none where nothing is left to replay.
 */
export function lagOf(standby: Pick<Standby, "replayBytes" | "replaySeconds" | "behind">): Behind | null {
  if (standby.replayBytes === null) return null;
  if (standby.replayBytes <= 0) return { seconds: 0, atLeast: false };
  const { behind, replaySeconds } = standby;
  if (replaySeconds !== null && (behind === null || replaySeconds > behind.seconds))
    return { seconds: replaySeconds, atLeast: false };
  return behind;
}

/** ok: streams and keeps up. behind: streams, and does not. other: catches up, starts, stops. unknown: the login may not see it. */
export function standbyHealth(standby: Standby): "ok" | "behind" | "other" | "unknown" {
  if (standby.state === null) return "unknown";
  if (standby.state !== "streaming") return "other";
  return (lagOf(standby)?.seconds ?? 0) >= BEHIND_FROM_SECONDS ? "behind" : "ok";
}

/**
 * Whether a slot needs somebody: its WAL is lost or about to be, or it keeps WAL for nobody. While shards move, the slot
 * of a move waits for its copy to be done: it is used by nobody then, and left over only when nothing moves.
 */
export function slotTrouble(slot: Slot, isMoving = false): "lost" | "near-limit" | "idle" | null {
  if (slot.walStatus === "lost") return "lost";
  if (slot.walStatus === "unreserved" || (fractionOfLimit(slot) ?? 0) >= 0.8) return "near-limit";
  if (slot.isActive || slot.keptBytes === null) return null;
  return isMoving && slot.purpose !== null ? null : "idle";
}

export function fractionOfLimit({ keptBytes, limitBytes }: Slot): number | null {
  return keptBytes === null || limitBytes === null || limitBytes === 0 ? null : keptBytes / limitBytes;
}

const PURPOSE_BY_PREFIX = { citus_shard_move_slot_: "shard-move", citus_shard_split_slot_: "shard-split" } as const;

export function slotPurpose(name: string): (typeof SLOT_PURPOSES)[number] | null {
  return Object.entries(PURPOSE_BY_PREFIX).find(([prefix]) => name.startsWith(prefix))?.[1] ?? null;
}
