import type { Note } from "./change";
import type { RebalanceCheck, RebalanceRule } from "./rebalance-check";
import { answers, executors, knownChoices, openJob, ownership } from "./rebalance-rules-cluster";
import {
  closedNodes,
  disk,
  logicalReplication,
  nothingToMove,
  replicaIdentity,
  unknownSizes,
  writesWait,
} from "./rebalance-rules-moves";

/** In the order in which a reader has to act on them; the first `bad` one is why it cannot start. */
const RULES: readonly RebalanceRule[] = [
  openJob,
  knownChoices,
  ownership,
  answers,
  replicaIdentity,
  logicalReplication,
  disk,
  unknownSizes,
  writesWait,
  closedNodes,
  executors,
  nothingToMove,
];

const ORDER: Record<Note["tone"], number> = { bad: 0, warn: 1, info: 2, ok: 3 };

/** What was looked at before a rebalance, the worst first. */
export function rebalanceNotes(check: RebalanceCheck): Note[] {
  const notes = RULES.flatMap((rule) => rule(check));
  return notes.sort((a, b) => ORDER[a.tone] - ORDER[b.tone]);
}
