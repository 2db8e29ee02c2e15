import "server-only";
import { TOPICS } from "@/lib/domain/live";
import { authNow } from "@/server/auth/clock";
import { ABSOLUTE_MS, IDLE_MS } from "@/server/auth/sessions";
import { listClusters, type Target } from "@/server/clusters";
import { budgetOf } from "@/server/live/budget";
import { collectorFor } from "@/server/live/collector";
import { openStreams } from "@/server/live/streams";
import { metricsStatus } from "@/server/metrics/metrics";
import { poolCounts } from "@/server/pg/pools";
import { countOpenSessions } from "@/server/store/sessions";
import { state } from "@/server/store/state";
import { clusterLabel } from "./cluster-label";
import { takeLoopDelay } from "./watchdog";

export type Sample = { labels: readonly string[]; value: number };
export type Gauge = { name: string; help: string; labels: readonly string[]; samples: readonly Sample[] };

/** What is measured at the moment it is asked for. What cannot be known just now has no samples. */
export async function readGauges(): Promise<Gauge[]> {
  return [...clusterGauges(), await sessionGauge(), ...processGauges(), ...historyGauges()];
}

function clusterGauges(): Gauge[] {
  const clusters = listClusters().filter((target) => clusterLabel(target.clusterId) !== "other");
  return [
    {
      name: "shardboard_snapshot_age_seconds",
      help: "How old what screens show of a topic is; topics nobody watches rest.",
      labels: ["cluster", "topic"],
      samples: clusters.flatMap(agesOf),
    },
    {
      name: "shardboard_read_budget_ratio",
      help: "The share of the time that a server may work for this console's reads, in the long run.",
      labels: ["cluster"],
      samples: clusters.map(({ clusterId, readShare }) => ({ labels: [clusterId], value: readShare })),
    },
    {
      name: "shardboard_read_budget_left_seconds",
      help: "What is left to be spent at once; below 0 scheduled reads are put off.",
      labels: ["cluster"],
      samples: clusters.map((target) => ({
        labels: [target.clusterId],
        value: budgetOf(target).balanceMs() / 1_000,
      })),
    },
    {
      name: "shardboard_pool_connections",
      help: "Connections to a cluster's servers by lane.",
      labels: ["cluster", "lane", "state"],
      samples: clusters.flatMap(({ clusterId }) =>
        poolCounts(clusterId).flatMap(({ lane, total, idle, waiting }) => [
          { labels: [clusterId, lane, "busy"], value: total - idle },
          { labels: [clusterId, lane, "idle"], value: idle },
          { labels: [clusterId, lane, "waited for"], value: waiting },
        ]),
      ),
    },
  ];
}

function agesOf(target: Target): Sample[] {
  const collector = collectorFor(target);
  return TOPICS.flatMap((topic) => {
    const { ageMs } = collector.reader(topic).snapshot();
    return ageMs === null ? [] : [{ labels: [target.clusterId, topic], value: ageMs / 1_000 }];
  });
}

async function sessionGauge(): Promise<Gauge> {
  const now = authNow();
  // Without the state the number is not known; that the state is away says /readyz.
  const open = await state()
    .then((database) => countOpenSessions(database, now - IDLE_MS, now - ABSOLUTE_MS))
    .catch(() => null);
  return {
    name: "shardboard_sessions",
    help: "Sessions that are not over.",
    labels: [],
    samples: open === null ? [] : [{ labels: [], value: open }],
  };
}

const one = (name: string, help: string, value: number): Gauge => ({
  name,
  help,
  labels: [],
  samples: [{ labels: [], value }],
});

function historyGauges(): Gauge[] {
  const status = metricsStatus();
  if (!status) return [];
  return [
    one("shardboard_history_running", "1: the history is being written.", status.state === "running" ? 1 : 0),
    one("shardboard_history_restarts", "How often the history's thread had to be started again.", status.restarts),
    one("shardboard_history_dropped", "What was measured and not kept, because writing was behind.", status.dropped),
  ];
}

function processGauges(): Gauge[] {
  const { rss, heapUsed } = process.memoryUsage();
  return [
    one("shardboard_event_streams", "Browsers that listen for news.", openStreams().size),
    one("process_resident_memory_bytes", "Memory of the process.", rss),
    one("nodejs_heap_used_bytes", "Memory of JavaScript objects.", heapUsed),
    one("process_start_time_seconds", "When the process started, since 1970.", Date.now() / 1_000 - process.uptime()),
    {
      name: "shardboard_event_loop_delay_seconds",
      help: "How late timers came since this was last asked for.",
      labels: ["quantile"],
      samples: takeLoopDelay().map(({ quantile, seconds }) => ({ labels: [quantile], value: seconds })),
    },
  ];
}
