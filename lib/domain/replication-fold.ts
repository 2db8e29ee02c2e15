import { z } from "zod";
import type { NodeId } from "./node";
import { type ReceiverKind, type Slot, type Standby, slotPurpose } from "./replication";
import { behindAt, type WalSample } from "./wal-history";

const lsn = z.string().nullable();
/** A WAL position as bytes from the beginning. */
const position = z.number().nullable();

const receiverSchema = z.object({
  pid: z.int(),
  name: z.string().nullable(),
  user: z.string().nullable(),
  client: z.string().nullable(),
  state: z.string().nullable(),
  syncState: z.string().nullable(),
  slot: z.string().nullable(),
  slotKind: z.string().nullable(),
  writeSeconds: z.number().nullable(),
  flushSeconds: z.number().nullable(),
  replaySeconds: z.number().nullable(),
  sentLsn: lsn,
  replayLsn: lsn,
  sentAt: position,
  writtenAt: position,
  flushedAt: position,
  replayedAt: position,
});
type Receiver = z.infer<typeof receiverSchema>;

/** What a primary says of its WAL, of who receives it, and of what is kept for whom. */
export const nodeReplicationSchema = z.object({
  /** Epoch milliseconds by the node's clock, at the moment of the position. */
  at: z.number(),
  currentLsn: z.string(),
  currentAt: z.number(),
  slotLimitBytes: z.number().nullable(),
  receivers: z.array(receiverSchema),
  slots: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(["physical", "logical"]),
      database: z.string().nullable(),
      isActive: z.boolean(),
      isTemporary: z.boolean(),
      restartAt: position,
      walStatus: z.string().nullable(),
      inactiveSeconds: z.number().nullable(),
    }),
  ),
});
export type NodeReplication = z.infer<typeof nodeReplicationSchema>;

/** The receivers of one primary; `samples` end with this very answer's position. */
export function standbysOf(nodeId: NodeId, told: NodeReplication, samples: readonly WalSample[]): Standby[] {
  const keyOf = keysFor(nodeId, told.receivers);
  return told.receivers.map((receiver) => {
    const key = keyOf(receiver);
    const bytesFrom = (at: number | null) => (at === null ? null : Math.max(0, told.currentAt - at));
    return {
      key,
      nodeId,
      name: receiver.name || receiver.slot || `pid ${receiver.pid}`,
      kind: kindOf(receiver),
      user: receiver.user,
      client: receiver.client,
      slot: receiver.slot,
      state: receiver.state,
      syncState: receiver.syncState,
      writeSeconds: receiver.writeSeconds,
      flushSeconds: receiver.flushSeconds,
      replaySeconds: receiver.replaySeconds,
      sentLsn: receiver.sentLsn,
      replayLsn: receiver.replayLsn,
      sentBytes: bytesFrom(receiver.sentAt),
      writeBytes: bytesFrom(receiver.writtenAt),
      flushBytes: bytesFrom(receiver.flushedAt),
      replayBytes: bytesFrom(receiver.replayedAt),
      behind: receiver.replayedAt === null ? null : behindAt(samples, receiver.replayedAt),
    };
  });
}

/**
 * A name that outlives a reconnect: node, name and address. Not the slot first: a standby that has just connected, or is
 * about to go, is listed without one. Standbys that keep the default name "walreceiver" on one machine are told apart by it.
 */
function keysFor(nodeId: NodeId, receivers: readonly Receiver[]): (receiver: Receiver) => string {
  const base = ({ name, client }: Receiver) => `${nodeId} ${name || "unnamed"} ${client ?? "local"}`;
  return (receiver) => {
    const alike = receivers.filter((other) => base(other) === base(receiver));
    if (alike.length === 1) return base(receiver);
    return `${base(receiver)} ${receiver.slot ?? `#${alike.indexOf(receiver) + 1}`}`;
  };
}

/** How Citus names the connections it opens itself. */
const OF_CITUS = /^citus_(internal|rebalancer) gpid=/;

/** While a move creates its slot, Citus holds a replication connection that has no slot yet: by the slot alone it would be a standby that goes after seconds. */
function kindOf({ name, state, slotKind }: Receiver): ReceiverKind {
  if (state === "backup") return "backup";
  return slotKind === "logical" || OF_CITUS.test(name ?? "") ? "subscriber" : "standby";
}

export function slotsOf(nodeId: NodeId, { slots, currentAt, slotLimitBytes }: NodeReplication): Slot[] {
  return slots.map(({ restartAt, ...slot }) => ({
    ...slot,
    nodeId,
    purpose: slotPurpose(slot.name),
    keptBytes: restartAt === null ? null : Math.max(0, currentAt - restartAt),
    limitBytes: slotLimitBytes,
  }));
}
