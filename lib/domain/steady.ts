import type { FromNode } from "./from-node";
import type { NodeId } from "./node";

/** What is said of a node changes at most this often. */
export const HOLD_MS = 10_000;
/** A node that begins or stops answering this often within a minute is said to do so, instead of each time anew. */
const UNSTEADY_TURNS = 4;
const WINDOW_MS = 60_000;
/** So long it has to stay as it is before it counts as steady again. */
const CALM_MS = 30_000;

export type Said = "answers" | "silent" | "unsteady";

/** What was seen of one node so far. Times are milliseconds of any clock that only goes forward. */
export type Steadiness = { said: Said; saidSince: number; isAnswering: boolean; turns: readonly number[] };

/**
 * What to say of a node after one more look. The first change is said at once; a further one when what was said last has stood
 * for a while, so a node that comes and goes each second does not make a screen flicker or an alarm ring each time.
 */
export function observe(before: Steadiness | undefined, isAnswering: boolean, at: number): Steadiness {
  if (!before)
    return { said: isAnswering ? "answers" : "silent", saidSince: Number.NEGATIVE_INFINITY, isAnswering, turns: [] };
  const turned = isAnswering !== before.isAnswering ? [at] : [];
  const turns = [...before.turns, ...turned].filter((turn) => at - turn < WINDOW_MS);
  const next = { ...before, isAnswering, turns };
  const now = wordFor(next, at);
  if (now === before.said || at - before.saidSince < HOLD_MS) return next;
  return { ...next, said: now, saidSince: at };
}

function wordFor({ said, isAnswering, turns }: Steadiness, at: number): Said {
  const last = turns.at(-1);
  const isCalm = last === undefined || at - last >= CALM_MS;
  if (!isCalm && (said === "unsteady" || turns.length >= UNSTEADY_TURNS)) return "unsteady";
  return isAnswering ? "answers" : "silent";
}

/** What is remembered of one node: how steady it is, and its newest answer of either kind. */
export type NodeMemory<T> = Steadiness & { good: FromNode<T> | undefined; bad: FromNode<T> | undefined };

/**
 * The answers as they are to be shown. A node of which "answers" is still said keeps its last answer, one of which "silent" is said its
 * last problem; an unsteady one has the problem `node_unsteady`, always in the same words.
 */
export function damp<T>(
  memory: ReadonlyMap<NodeId, NodeMemory<T>>,
  answers: readonly FromNode<T>[],
  at: number,
): { memory: Map<NodeId, NodeMemory<T>>; answers: FromNode<T>[] } {
  const next = new Map(
    answers.map((answer): [NodeId, NodeMemory<T>] => {
      const before = memory.get(answer.nodeId);
      const good = answer.ok ? answer : before?.good;
      const bad = answer.ok ? before?.bad : answer;
      return [answer.nodeId, { ...observe(before, answer.ok, at), good, bad }];
    }),
  );
  return { memory: next, answers: answers.map((answer) => shown(answer, next.get(answer.nodeId))) };
}

function shown<T>(answer: FromNode<T>, known: NodeMemory<T> | undefined): FromNode<T> {
  if (known?.said === "answers") return known.good ?? answer;
  if (known?.said === "silent") return known.bad ?? answer;
  if (!known) return answer;
  const { nodeId, tookMs } = answer;
  const traceId = known.bad && !known.bad.ok ? known.bad.problem.traceId : "";
  return { nodeId, ok: false, tookMs, problem: { code: "node_unsteady", detail: ON_AND_OFF, traceId } };
}

const ON_AND_OFF = "It answers on and off.";
