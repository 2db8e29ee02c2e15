import "server-only";

/** What is counted, with its labels. Every label takes its values from a closed set: no name of an object, no text of a user. */
export const COUNTERS = {
  reads: {
    name: "shardboard_reads_total",
    help: "Reads of a topic that ended.",
    labels: ["cluster", "topic", "outcome"],
  },
  readSeconds: {
    name: "shardboard_read_seconds_total",
    help: "Time spent in reads of a topic.",
    labels: ["cluster", "topic"],
  },
  workSeconds: {
    name: "shardboard_read_work_seconds_total",
    help: "Time that the busiest server of each read worked for it.",
    labels: ["cluster", "topic"],
  },
  putOffSeconds: {
    name: "shardboard_read_put_off_seconds_total",
    help: "Time by which scheduled reads were put off to stay within the budget.",
    labels: ["cluster", "topic"],
  },
  statements: {
    name: "shardboard_statements_total",
    help: "Statements sent to a cluster.",
    labels: ["cluster"],
  },
  requests: { name: "shardboard_requests_total", help: "Requests answered.", labels: ["route", "status"] },
  requestSeconds: {
    name: "shardboard_request_seconds_total",
    help: "Time until requests were answered; event streams count when they end.",
    labels: ["route"],
  },
  actions: {
    name: "shardboard_actions_total",
    help: "Changes of a cluster that ended.",
    labels: ["change", "outcome"],
  },
  blocked: {
    name: "shardboard_event_loop_blocked_total",
    help: "Times the process stood still for five seconds or more.",
    labels: [],
  },
} as const;
export type CounterName = keyof typeof COUNTERS;

/** If a label's set is not as closed as it should be, memory stays bounded all the same. */
const MOST_SERIES = 2_000;

/** On globalThis: pages, routes, actions and instrumentation are separate module graphs, and count together. */
const holder = globalThis as typeof globalThis & { __shardboardCounters?: Map<CounterName, Map<string, number>> };

export function count(counter: CounterName, labels: readonly string[], by = 1): void {
  holder.__shardboardCounters ??= new Map();
  const series = holder.__shardboardCounters.get(counter) ?? new Map<string, number>();
  holder.__shardboardCounters.set(counter, series);
  const wanted = JSON.stringify(labels);
  const key = series.has(wanted) || series.size < MOST_SERIES ? wanted : JSON.stringify(labels.map(() => "other"));
  series.set(key, (series.get(key) ?? 0) + by);
}

/** Every series of a counter with its value. */
export function seriesOf(counter: CounterName): { labels: string[]; value: number }[] {
  const series = holder.__shardboardCounters?.get(counter) ?? new Map<string, number>();
  return [...series].map(([key, value]) => ({ labels: JSON.parse(key), value }));
}
