import "server-only";
import { randomUUID } from "node:crypto";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { defaultStrategy, type PlanSet, type PlanState, type RebalancePlan } from "@/lib/domain/rebalance";
import type { Target } from "@/server/clusters";
import { readPicture } from "@/server/jobs/measure";
import { toProblem } from "@/server/problem";
import { listStrategies, listTransferModes } from "./choices";
import { pacesByMode } from "./paces";
import { makePlan } from "./plan";

/** `threshold` null: the strategy's own, the only one that can be started. */
type Wanted = { strategy: string; threshold: number | null; drainOnly: boolean };
type Entry = { wanted: Wanted; startedAt: number; state: PlanState; settled: Promise<void> };
type Book = { id: string; madeAt: number; entries: Entry[] };

/** An answer that is not there by then is asked after again: a server action must not be long. */
const PATIENCE_MS = 1_500;
/** Sets kept per cluster: the newest of a few viewers. */
const KEPT = 8;

const holder = globalThis as typeof globalThis & { __shardboardPlans?: Map<string, Book[]> };

function booksOf({ clusterId }: Target): Book[] {
  holder.__shardboardPlans ??= new Map();
  const known = holder.__shardboardPlans.get(clusterId);
  if (known) return known;
  const fresh: Book[] = [];
  holder.__shardboardPlans.set(clusterId, fresh);
  return fresh;
}

export type PlansQuestion = {
  drainOnly: boolean;
  /** One more plan: the default strategy, with this threshold instead of its own. */
  whatIf?: number | undefined;
  /** The set that was begun before. */
  follow?: string | undefined;
};

/** The plans of all strategies: begun now, or with `follow` those that were begun before. Returns soon, ready or not. */
export async function askPlans(target: Target, { drainOnly, whatIf, follow }: PlansQuestion): Promise<PlanSet> {
  const [strategies, modes] = await Promise.all([listStrategies(target), listTransferModes(target)]);
  const books = booksOf(target);
  const wanted: Wanted[] = strategies.map(({ name }) => ({ strategy: name, threshold: null, drainOnly }));
  const first = defaultStrategy(strategies);
  if (whatIf !== undefined && first !== undefined) wanted.push({ strategy: first, threshold: whatIf, drainOnly });
  const book = books.find((candidate) => candidate.id === follow) ?? begin(target, wanted);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([Promise.all(book.entries.map((entry) => entry.settled)), late]);
  clearTimeout(timer);
  return {
    setId: book.id,
    strategies,
    modes,
    plans: book.entries.map(stateNow),
    paces: await pacesByMode(target, modes),
  };
}

function stateNow({ state, startedAt }: Entry): PlanState {
  return state.state === "pending" ? { ...state, forMs: Math.round(performance.now() - startedAt) } : state;
}

function begin(target: Target, wanted: readonly Wanted[]): Book {
  let picture: Promise<ClusterPicture> | undefined;
  const measured = () => (picture ??= readPicture(target));
  const entries = wanted.map((one) => beginOne(target, one, measured));
  const book = { id: randomUUID(), madeAt: performance.now(), entries };
  keep(target, book);
  return book;
}

function beginOne(target: Target, wanted: Wanted, measured: () => Promise<ClusterPicture>): Entry {
  const { strategy, threshold } = wanted;
  const entry: Entry = {
    wanted,
    startedAt: performance.now(),
    state: { state: "pending", strategy, threshold, forMs: 0 },
    settled: Promise.resolve(),
  };
  entry.settled = makePlan(target, wanted, measured)
    .then((plan) => {
      entry.state = { state: "ready", strategy, threshold, plan };
    })
    .catch((cause: unknown) => {
      entry.state = { state: "failed", strategy, threshold, problem: toProblem(cause, randomUUID()) };
    });
  return entry;
}

/** Keeps a plan that was made to start by, so that the next preview rests on it: a start that was refused as stale must not be shown the old plan again. */
export function rememberPlan(target: Target, plan: RebalancePlan): void {
  const { strategy, drainOnly } = plan;
  const now = performance.now();
  const entry: Entry = {
    wanted: { strategy, threshold: null, drainOnly },
    startedAt: now,
    state: { state: "ready", strategy, threshold: null, plan },
    settled: Promise.resolve(),
  };
  keep(target, { id: randomUUID(), madeAt: now, entries: [entry] });
}

function keep(target: Target, book: Book): void {
  const books = booksOf(target);
  books.unshift(book);
  books.length = Math.min(books.length, KEPT);
}

/** The newest plan of these options that is at most so old: for showing, never for starting. */
export function recentPlan(
  target: Target,
  { strategy, drainOnly }: { strategy: string; drainOnly: boolean },
  maxAgeMs: number,
): RebalancePlan | undefined {
  for (const book of booksOf(target)) {
    if (performance.now() - book.madeAt > maxAgeMs) continue;
    const entry = book.entries.find(
      ({ wanted }) => wanted.strategy === strategy && wanted.drainOnly === drainOnly && wanted.threshold === null,
    );
    if (entry?.state.state === "ready") return entry.state.plan;
  }
  return undefined;
}
