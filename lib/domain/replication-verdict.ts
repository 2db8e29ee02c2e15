import { formatBytes } from "@/lib/format/bytes";
import { countOf } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { listOf } from "./node-names";
import {
  type Behind,
  lagOf,
  type Replication,
  type Slot,
  type Standby,
  slotTrouble,
  standbyHealth,
} from "./replication";

/** What a screen says first: the fact in strong words, then what it means. */
export type ReplicationVerdict = { tone: "ok" | "warn" | "bad" | "info"; fact: string; meaning: string };

export type NodeNamer = (nodeId: number) => string;

/** The worst that is known, in the order in which somebody has to act. `isMoving`: shards move, so a move's slot may wait. */
export function replicationVerdict(replication: Replication, nameOf: NodeNamer, isMoving = false): ReplicationVerdict {
  const standbys = replication.standbys.filter((standby) => standby.kind === "standby");
  const answered = replication.answers.filter((answer) => answer.ok).length;
  if (answered === 0) return { tone: "bad", fact: "No node answers.", meaning: "Nothing is known of any standby now." };
  return (
    lostSlotVerdict(replication.slots, nameOf) ??
    missingVerdict(replication, nameOf) ??
    behindVerdict(standbys, nameOf) ??
    idleSlotVerdict(replication.slots, nameOf, isMoving) ??
    calmVerdict(standbys, replication.answers.length - answered)
  );
}

function lostSlotVerdict(slots: readonly Slot[], nameOf: NodeNamer): ReplicationVerdict | null {
  const slot =
    slots.find((one) => slotTrouble(one) === "lost") ?? slots.find((one) => slotTrouble(one) === "near-limit");
  if (!slot) return null;
  if (slotTrouble(slot) === "lost")
    return {
      tone: "bad",
      fact: `Slot ${slot.name} on ${nameOf(slot.nodeId)} has lost WAL that its receiver still needs.`,
      meaning: "What it feeds has to be built anew.",
    };
  return {
    tone: "warn",
    fact: `Slot ${slot.name} on ${nameOf(slot.nodeId)} keeps ${formatBytes(slot.keptBytes ?? 0)} of WAL, close to its limit.`,
    meaning: "Beyond max_slot_wal_keep_size the WAL is removed and its receiver has to be built anew.",
  };
}

function missingVerdict({ missing }: Replication, nameOf: NodeNamer): ReplicationVerdict | null {
  const [first] = missing;
  if (!first) return null;
  const names = listOf(missing.map((one) => `${one.name} of ${nameOf(one.nodeId)}`));
  return {
    tone: "bad",
    fact: `${names} ${missing.length === 1 ? "streams" : "stream"} no more.`,
    meaning: `Seen last ${formatDuration(first.lastSeenSeconds)} ago. If that primary is lost now, what was written since is lost with it.`,
  };
}

function behindVerdict(standbys: readonly Standby[], nameOf: NodeNamer): ReplicationVerdict | null {
  const behind = standbys.filter((standby) => standbyHealth(standby) === "behind");
  const [worst] = behind.toSorted((a, b) => (lagOf(b)?.seconds ?? 0) - (lagOf(a)?.seconds ?? 0));
  const lag = worst && lagOf(worst);
  if (!worst || !lag) return null;
  const others =
    behind.length > 1
      ? ` ${countOf(behind.length - 1, "other standby", "other standbys")} ${behind.length === 2 ? "is" : "are"} behind as well.`
      : "";
  return {
    tone: "warn",
    fact: `${worst.name} replays what ${nameOf(worst.nodeId)} wrote ${lagWords(lag)} ago.`,
    meaning: `${formatBytes(worst.replayBytes ?? 0)} of WAL are not replayed yet.${others}`,
  };
}

function idleSlotVerdict(slots: readonly Slot[], nameOf: NodeNamer, isMoving: boolean): ReplicationVerdict | null {
  const idle = slots
    .filter((slot) => slotTrouble(slot, isMoving) === "idle")
    .toSorted((a, b) => (b.keptBytes ?? 0) - (a.keptBytes ?? 0));
  const [first] = idle;
  if (!first) return null;
  return {
    tone: "warn",
    fact: `${countOf(idle.length, "slot")} nobody uses ${idle.length === 1 ? "keeps" : "keep"} WAL: ${first.name} on ${nameOf(first.nodeId)} ${formatBytes(first.keptBytes ?? 0)}.`,
    meaning:
      first.limitBytes === null
        ? "Without max_slot_wal_keep_size it grows until the disk is full."
        : `It grows to ${formatBytes(first.limitBytes)}, then the WAL is removed.`,
  };
}

function calmVerdict(standbys: readonly Standby[], silent: number): ReplicationVerdict {
  const rest = silent === 0 ? "" : ` Of ${countOf(silent, "node")} nothing is known now.`;
  if (standbys.length === 0)
    return {
      tone: "info",
      fact: "No standby streams from any node that answers.",
      meaning: `A node that is lost takes its shards' rows with it.${rest}`,
    };
  const lags = standbys.map(lagOf);
  const worst = lags.reduce<number>((most, lag) => Math.max(most, lag?.seconds ?? 0), 0);
  const many = standbys.length === 2 ? "Both standbys" : `All ${standbys.length} standbys`;
  const count = standbys.length === 1 ? "The one standby" : many;
  const unknown = lags.some((lag) => lag === null);
  if (unknown)
    return {
      tone: silent === 0 ? "ok" : "warn",
      fact: `${count} ${standbys.length === 1 ? "is" : "are"} connected.`,
      meaning: `How far behind is known after the second look.${rest}`,
    };
  return {
    tone: silent === 0 ? "ok" : "warn",
    fact: `${count} ${standbys.length === 1 ? "keeps" : "keep"} up: ${worst < 1 ? "less than 1 s" : formatDuration(worst)} behind at most.`,
    meaning: rest.trim() || "Each replays what its primary writes.",
  };
}

/** "about"-free: what was measured. "at least 3 min 2 s" where nobody watched long enough. */
export function lagWords({ seconds, atLeast }: Behind): string {
  return `${atLeast ? "at least " : ""}${formatDuration(seconds)}`;
}
