import "server-only";
import { type Activity, statusOf, waitersOf } from "@/lib/domain/activity";
import type { Sample } from "@/lib/domain/history";
import { isJobOpen, type Jobs } from "@/lib/domain/job";
import type { Snapshot, TopicName } from "@/lib/domain/live";
import type { NodeFactsTopic } from "@/lib/domain/node-facts";
import { lagOf, type Replication } from "@/lib/domain/replication";
import { at, indexOfShard } from "@/lib/domain/shard-columns";
import type { Sizes } from "@/lib/domain/sizes";
import { rootsOf } from "@/lib/domain/table-measures";
import type { Topology } from "@/lib/domain/topology";
import type { Reader } from "@/server/live/reader";

/** The largest ones; the rest of a cluster's tables is in its nodes' bytes. */
const MOST_TABLES = 50;
/** Beyond this many shards, finding each one's table would hold up the process that serves pages. */
const MOST_SHARDS = 200_000;

/** What one successful read of a topic says that is worth keeping. What a silent node would have said is left out, not 0. */
export function samplesOf(
  topic: TopicName,
  { data, tookMs }: Snapshot<unknown>,
  reader: (topic: TopicName) => Reader,
): Sample[] {
  const own = data === null ? [] : (SAMPLERS[topic]?.(data, reader) ?? []);
  return tookMs === null ? own : [...own, { series: "read-ms", key: topic, value: tookMs }];
}

/** A reader's data are what its topic's own `read` returned. */
const SAMPLERS: Partial<Record<TopicName, (data: unknown, reader: (topic: TopicName) => Reader) => Sample[]>> = {
  sizes: (data, reader) => [
    ...ofSizes(data as Sizes),
    ...ofTables(data as Sizes, reader("topology").snapshot().data as Topology | null),
  ],
  "node-facts": (data) => ofFacts(data as NodeFactsTopic),
  replication: (data) => ofReplication(data as Replication),
  activity: (data) => ofActivity(data as Activity),
  jobs: (data) => [{ series: "jobs-open", key: "", value: (data as Jobs).jobs.filter(isJobOpen).length }],
};

function ofSizes({ answers }: Sizes): Sample[] {
  return answers.flatMap((answer): Sample[] => {
    if (!answer.ok) return [];
    const key = String(answer.nodeId);
    const bytes = answer.value.bytes.reduce((sum, one) => sum + one, 0);
    return [
      { series: "node-bytes", key, value: bytes },
      { series: "node-shards", key, value: answer.value.shardIds.length },
    ];
  });
}

/** Bytes of one copy of each table, partitions counted with their parent; only where every node has answered. */
function ofTables({ answers }: Sizes, topology: Topology | null): Sample[] {
  if (!topology || topology.shards.count > MOST_SHARDS || answers.some((answer) => !answer.ok)) return [];
  const { shards, tables } = topology;
  const largest = new Float64Array(shards.count).fill(-1);
  for (const answer of answers)
    if (answer.ok)
      answer.value.shardIds.forEach((shardId, row) => {
        const index = indexOfShard(shards, shardId);
        if (index >= 0) largest[index] = Math.max(at(largest, index), at(answer.value.bytes, row));
      });
  const rootOf = rootsOf(tables);
  const byTable = new Map<number, number>();
  largest.forEach((bytes, index) => {
    const oid = at(shards.tableOids, index);
    const root = rootOf.get(oid) ?? oid;
    if (bytes >= 0) byTable.set(root, (byTable.get(root) ?? 0) + bytes);
  });
  return tables
    .flatMap(({ oid, schema, name }): Sample[] => {
      const value = byTable.get(oid);
      return value === undefined ? [] : [{ series: "table-bytes", key: `${schema}.${name}`, value }];
    })
    .toSorted((a, b) => b.value - a.value)
    .slice(0, MOST_TABLES);
}

/** The file system under each node's data folder, where the node can tell. */
function ofFacts({ answers }: NodeFactsTopic): Sample[] {
  return answers.flatMap((answer): Sample[] => {
    if (!answer.ok) return [];
    const { diskFreeBytes, diskTotalBytes } = answer.value;
    if (diskFreeBytes === null || diskTotalBytes === null) return [];
    const key = String(answer.nodeId);
    return [
      { series: "disk-free", key, value: diskFreeBytes },
      { series: "disk-total", key, value: diskTotalBytes },
    ];
  });
}

function ofReplication({ standbys }: Replication): Sample[] {
  return standbys.flatMap((standby): Sample[] => {
    const lag = standby.kind === "standby" ? lagOf(standby) : null;
    return lag === null ? [] : [{ series: "lag-seconds", key: standby.key, value: lag.seconds }];
  });
}

function ofActivity({ answers, sessions, waits }: Activity): Sample[] {
  const waiters = waitersOf(waits);
  return answers.flatMap(({ ok, nodeId }): Sample[] => {
    if (!ok) return [];
    const own = sessions.filter((session) => session.nodeId === nodeId && session.kind === "client");
    const count = (status: string) => own.filter((session) => statusOf(session, waiters) === status).length;
    return [
      { series: "sessions-active", key: String(nodeId), value: count("active") },
      { series: "sessions-waiting", key: String(nodeId), value: count("waiting") },
    ];
  });
}
