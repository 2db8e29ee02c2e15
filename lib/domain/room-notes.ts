import { formatBytes } from "../format/bytes";
import type { Note } from "./change";
import type { NodeId } from "./node";
import { MODE_BLOCK_WRITES } from "./rebalance";
import { type NodeRoom, RETRIES_TAKE } from "./rebalance-check";

type Names = ReadonlyMap<NodeId, string>;
type Rooms = ReadonlyMap<NodeId, NodeRoom>;

const nameIn = (names: Names, nodeId: NodeId) => names.get(nodeId) ?? `node ${nodeId}`;

/** Whether the nodes that shards leave can decode their WAL. Citus does not look, and in a job would go on trying. */
export function replicationNotes(mode: string, sources: readonly NodeId[], rooms: Rooms, names: Names): Note[] {
  if (mode === MODE_BLOCK_WRITES) return [];
  const notes: Note[] = [];
  for (const nodeId of sources) {
    const room = rooms.get(nodeId);
    if (!room) continue;
    if (room.walLevel !== "logical") {
      notes.push({
        tone: "bad",
        text: `wal_level on ${nameIn(names, nodeId)} is ${room.walLevel}; mode ${mode} needs logical.`,
        detail: `Citus does not check this: each move would fail, and in a job be retried for ${RETRIES_TAKE}. Mode block_writes works without.`,
      });
    } else if (room.slotsUsed >= room.slots) {
      notes.push({
        tone: "bad",
        text: `${nameIn(names, nodeId)} has no free replication slot: ${room.slotsUsed} of ${room.slots} are in use.`,
        detail:
          "A logical move needs one per owner of the moving tables. Raise max_replication_slots or drop what is not used.",
      });
    }
  }
  return notes;
}

/** Whether what nodes get fits on their disks, with the share that Citus wants to stay free. */
export function diskNotes(
  gains: ReadonlyMap<NodeId, number>,
  rooms: Rooms,
  names: Names,
  diskPercent: number | null,
): Note[] {
  const notes: Note[] = [];
  for (const [nodeId, gain] of gains) {
    const room = rooms.get(nodeId);
    if (!room || room.diskFree === null || room.diskTotal === null) continue;
    const mustStay = ((diskPercent ?? 0) / 100) * room.diskTotal;
    const words = `${nameIn(names, nodeId)} has ${formatBytes(room.diskFree)} free and gets ${formatBytes(gain)}`;
    if (room.diskFree - gain >= mustStay) notes.push({ tone: "ok", text: `${words}.` });
    else
      notes.push({
        tone: "warn",
        text: `${words}: less than ${diskPercent} % of its disk would stay free.`,
        detail: "Citus refuses such a move. citus.desired_percent_disk_available_after_move sets the share.",
      });
  }
  return notes;
}
