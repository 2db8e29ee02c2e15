import type { Note } from "./change";
import { bySeverity } from "./distribute-note";
import type { ShardCheck, ShardRule } from "./shard-check";
import {
  allAnswer,
  allTold,
  decoder,
  identity,
  leftovers,
  nameClash,
  noJob,
  owned,
  room,
  wal,
  writes,
} from "./shard-rules";

/** In the order in which a reader has to act on them; the first `bad` one is why it cannot start. */
const RULES: readonly ShardRule[] = [
  noJob,
  owned,
  allAnswer,
  allTold,
  identity,
  decoder,
  wal,
  nameClash,
  leftovers,
  room,
  writes,
];

/** What was looked at before shards are moved, copied or split by hand, the worst first. */
export function shardNotes(check: ShardCheck): Note[] {
  return bySeverity(RULES.flatMap((rule) => rule(check)));
}
