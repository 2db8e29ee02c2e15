import "server-only";
import { randomUUID } from "node:crypto";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import type { ErrorCode, Problem } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { toProblem } from "@/server/problem";
import type { Budget } from "./budget";
import { hashedArrays } from "./hashed-arrays";
import type { Topic } from "./topic";

/** A screen asks at least this often; without it the topic rests. */
const WATCHED_FOR_MS = 30_000;
/** While reads fail they are repeated this often, so that a recovered coordinator is seen within seconds. */
const RETRY_MS = 2_000;
/** Failures that cost the cluster no work, however long they took: the rest for its sake is not needed. */
const IDLE_FAILURES: readonly ErrorCode[] = [
  "cluster_unreachable",
  "cluster_silent",
  "cluster_starting",
  "console_busy",
];
/** A read may use at most this share of the time: one that takes 4 s is repeated every 16 s at the earliest. */
const REST_FACTOR = 3;

/** However empty the purse, what people look at is not older than this for its sake, unless its topic says otherwise. */
const MOST_PUT_OFF_MS = 30_000;

/** What a reader may be given beside its topic. */
export type ReaderOptions = {
  /** What another console read last, to go on from. */
  seed?: Pick<Snapshot<unknown>, "data" | "ageMs" | "tookMs">;
  /** Called after every read that ended, with how long ago it began. */
  after?: (topic: TopicName, begunAgoMs: number) => void;
  /** Called when a read shows a part before it has ended. */
  partly?: (topic: TopicName) => void;
  /** Milliseconds of a clock that only grows: an age is never negative, whatever is done to the machine's clock. */
  now?: () => number;
  /** What scheduled reads have to keep to. */
  budget?: Pick<Budget, "paceOf" | "leave">;
};

export type Reader = {
  snapshot: () => Snapshot<unknown>;
  /** Somebody looks: keeps the topic fresh for a while. Resolves when there is something to show, or after `patienceMs`. */
  watch: (patienceMs: number) => Promise<void>;
  /** Reads now, after a read that is under way has ended: that one may have begun before the change it should show. */
  refresh: (isThorough?: boolean) => Promise<void>;
  stop: () => void;
};

/**
 * Keeps the newest snapshot of one topic of one cluster: one read in flight, one timer, whoever watches.
 * A failed read keeps the data, adds the problem and lets the age grow.
 */
export function createReader<T>(
  target: Target,
  topic: Topic<T>,
  changed: (topic: TopicName, version: string) => void,
  { seed, after, partly, budget, now = () => performance.now() }: ReaderOptions = {},
): Reader {
  let data = (seed?.data ?? null) as T | null;
  let problem: Problem | null = null;
  const newsOf = (read: T | null) => (read !== null && topic.news ? topic.news(read) : read);
  let fingerprint = seed ? printOf(newsOf(data), null) : "";
  let count = 0;
  let readAt = seed && seed.ageMs !== null ? now() - seed.ageMs : null;
  let tookMs: number | null = null;
  /** What a reading costs as a rule: the shorter of the last two. A server that stood still for once makes no reading a dear one. */
  let usuallyMs = 0;
  let failingSince: number | null = null;
  let watchedUntil = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;
  let inFlight: Promise<void> | undefined;
  let stopped = false;
  /** Ends the waiting of whoever came before there was anything to show. */
  let shown = Promise.withResolvers<void>();

  // Versions of different readers differ, so that a restart never looks like "nothing changed".
  const born = randomUUID().slice(0, 8);
  const version = () => `${born}-${count}`;

  async function readOnce(isAsked: boolean): Promise<void> {
    const started = now();
    const last = data;
    const hadProblem = problem !== null;
    try {
      data = await topic.read(target, { isAsked, last, publish });
      readAt = now();
      problem = null;
      failingSince = null;
    } catch (cause) {
      problem = toProblem(cause, randomUUID());
      failingSince ??= started;
    }
    const lastMs = now() - started;
    usuallyMs = Math.min(lastMs, tookMs ?? lastMs);
    tookMs = lastMs;
    if (data !== last || problem !== null || hadProblem) announce();
    after?.(topic.name, tookMs);
  }

  /** The age is that of the oldest part: it stays what it was, unless there was nothing before. */
  function publish(partial: T): void {
    if (stopped) return;
    data = partial;
    readAt ??= now();
    announce();
    shown.resolve();
    shown = Promise.withResolvers();
    partly?.(topic.name);
  }

  /** A new version only when something differs; the trace id of a repeated failure is not a difference. */
  function announce(): void {
    const next = printOf(newsOf(data), problem);
    if (next === fingerprint) return;
    fingerprint = next;
    count += 1;
    changed(topic.name, version());
  }

  function read(isAsked = false): Promise<void> {
    clearTimeout(timer);
    inFlight ??= readOnce(isAsked).finally(() => {
      inFlight = undefined;
      schedule();
    });
    return inFlight;
  }

  function schedule(): void {
    clearTimeout(timer);
    const isResting = !topic.always && now() > watchedUntil;
    if (stopped || (isResting && topic.restMs === undefined)) {
      budget?.leave(topic.name);
      return;
    }
    const followed = data === null ? null : topic.followMs?.(data);
    const pace = isResting ? (followed ?? topic.restMs ?? 0) : problem ? RETRY_MS : topic.paceMs(data);
    const rest = problem && IDLE_FAILURES.includes(problem.code) ? 0 : usuallyMs * REST_FACTOR;
    timer = setTimeout(() => void read(), affordable(Math.max(pace, rest), isResting));
    timer.unref();
  }

  /** When the next read comes within the budget. A topic that is always read is never put off, and one that people look at not for long. */
  function affordable(wantedMs: number, isResting: boolean): number {
    // What fails without work costs nothing to try again: it is seen at once when the coordinator is back.
    const isFree = problem !== null && IDLE_FAILURES.includes(problem.code);
    if (topic.always || topic.isOwn || isFree || !budget) return wantedMs;
    const followed = data === null ? null : topic.mostMs?.(data);
    return budget.paceOf(topic.name, wantedMs, followed ?? (isResting ? Number.POSITIVE_INFINITY : MOST_PUT_OFF_MS));
  }

  if (topic.restMs !== undefined) schedule();
  return {
    snapshot: () => ({
      version: version(),
      data,
      ageMs: readAt === null ? null : now() - readAt,
      tookMs,
      problem,
      failingForMs: failingSince === null ? null : now() - failingSince,
    }),
    async watch(patienceMs) {
      const wasResting = now() > watchedUntil && !topic.always;
      watchedUntil = now() + WATCHED_FOR_MS;
      const wasNeverTried = tookMs === null;
      // Where every read has failed so far, the next one comes at its own pace, however many look.
      const first = wasResting || wasNeverTried ? read() : readAt === null ? inFlight : undefined;
      const isShowable = data !== null && readAt !== null && now() - readAt < WATCHED_FOR_MS;
      if (first && !isShowable)
        await Promise.race([first, shown.promise, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
    },
    async refresh(isThorough = false) {
      await inFlight;
      if (isThorough) topic.thoroughly?.(target);
      await read(true);
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function printOf(data: unknown, problem: Problem | null): string {
  return JSON.stringify([data, problem && { ...problem, traceId: "" }], hashedArrays);
}
