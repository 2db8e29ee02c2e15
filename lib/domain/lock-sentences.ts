import { countOf } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import type { Activity } from "./activity";
import type { LockGraph } from "./lock-graph";

/** "2 wait for 1; roots right". */
export function lockSummary(graph: LockGraph): string {
  const waiting = new Set(graph.edges.map((edge) => edge.waiter)).size;
  if (waiting === 0) return "none";
  const roots = graph.roots.length;
  return roots === 0 ? `${waiting} wait in a ring` : `${waiting} wait for ${countOf(roots, "root", "roots")}`;
}

/** A prepared transaction in the middle of its commit is seconds old; one that is older waits for somebody. */
const LEFT_OVER_SECONDS = 60;

export function preparedSentence(prepared: Activity["prepared"]): string {
  if (prepared === null) return "Prepared transactions: not asked by this read.";
  const old = prepared.filter(({ seconds }) => seconds >= LEFT_OVER_SECONDS);
  const [oldest] = old.toSorted((a, b) => b.seconds - a.seconds);
  if (!oldest) return "Prepared transactions: none left over.";
  const first = `${oldest.gid}, ${formatDuration(oldest.seconds)} old`;
  return old.length === 1
    ? `Prepared transactions: 1 left over (${first}); it holds its locks.`
    : `Prepared transactions: ${old.length} left over, the oldest ${first}; they hold their locks.`;
}

export function ringSentence(graph: LockGraph): string {
  const [first] = graph.cycles;
  if (!first) return "Deadlock: none.";
  return `Deadlock: ${first.length} sessions wait for each other. PostgreSQL and Citus end one of them within seconds.`;
}
