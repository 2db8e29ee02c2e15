import { formatBytes } from "../format/bytes";
import { formatDuration } from "../format/duration";
import { type Finding, type FindingRule, ifAllAnswered } from "./finding";
import { isMoving } from "./job";
import { lagOf, slotTrouble, standbyHealth } from "./replication";

const standbysKeepUp: FindingRule = {
  passes: "Standbys keep up",
  check: ({ picture, replication }) => {
    if (!picture || !replication) return null;
    const nameOf = (id: (typeof replication.standbys)[number]["nodeId"]) => picture.names.get(id) ?? `node ${id}`;
    const behind = replication.standbys.filter((one) => one.kind === "standby" && standbyHealth(one) === "behind");
    const late = behind.map((one): Finding => {
      const lag = lagOf(one);
      const kept = one.replayBytes === null ? "" : ` It still has ${formatBytes(one.replayBytes)} to replay.`;
      return {
        tone: "warn",
        text: `Standby ${one.name} of ${nameOf(one.nodeId)} replays ${lag?.atLeast ? "at least " : ""}${formatDuration(Math.round(lag?.seconds ?? 0))} behind.`,
        detail: `A failover now would wait for it, or lose what it lacks.${kept}`,
        screen: "replication",
      };
    });
    const gone = replication.missing.map(
      (one): Finding => ({
        tone: "warn",
        text: `Standby ${one.name} of ${nameOf(one.nodeId)} is gone.`,
        detail: `It streamed until ${formatDuration(Math.round(one.lastSeenSeconds))} ago.`,
        screen: "replication",
      }),
    );
    return ifAllAnswered(replication.answers, [...late, ...gone]);
  },
};

const SLOT_WORDS = {
  lost: "has lost WAL that its standby needs",
  "near-limit": "is near the limit of the WAL it may keep",
  idle: "keeps WAL for nobody",
};

const slotsInUse: FindingRule = {
  passes: "No inactive slots",
  check: ({ replication, jobs }) => {
    if (!replication) return null;
    const troubled = replication.slots.flatMap((slot): Finding[] => {
      const trouble = slotTrouble(slot, isMoving(jobs));
      if (!trouble || slot.isTemporary) return [];
      return [
        {
          tone: trouble === "lost" ? "bad" : "warn",
          text: `Slot ${slot.name} ${SLOT_WORDS[trouble]}.`,
          detail:
            slot.keptBytes === null
              ? "How much it keeps is not known."
              : `It keeps ${formatBytes(slot.keptBytes)}; the disk of its node fills until somebody reads it or drops it.`,
          screen: "replication",
        },
      ];
    });
    return ifAllAnswered(replication.answers, troubled);
  },
};

export const REPLICATION_RULES: readonly FindingRule[] = [standbysKeepUp, slotsInUse];
