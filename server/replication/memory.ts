import "server-only";
import type { ClusterId } from "@/lib/domain/cluster";
import { type LagFrame, rememberFrame } from "@/lib/domain/lag-history";
import type { NodeId } from "@/lib/domain/node";
import type { Standby } from "@/lib/domain/replication";
import { FINE_MS, remember, type WalSample } from "@/lib/domain/wal-history";
import { log } from "@/server/log";
import { askHistory, metricsStatus } from "@/server/metrics/metrics";

type Seen = { nodeId: NodeId; name: string; at: number };

/** What is remembered of a cluster's replication while this process lives, and of the lags what the console before it has kept. */
export type ReplicationMemory = {
  wal: Map<NodeId, WalSample[]>;
  frames: LagFrame[];
  /** Every standby of the remembered time, with the moment it was last listed. */
  seen: Map<string, Seen>;
};

/** On globalThis: "Read now" and the collector may be different copies of this module. */
const holder = globalThis as typeof globalThis & { __shardboardReplication?: Map<ClusterId, ReplicationMemory> };

export async function memoryOf(clusterId: ClusterId): Promise<ReplicationMemory> {
  holder.__shardboardReplication ??= new Map();
  const known = holder.__shardboardReplication.get(clusterId);
  if (known) return known;
  const fresh: ReplicationMemory = { wal: new Map(), frames: [], seen: new Map() };
  holder.__shardboardReplication.set(clusterId, fresh);
  if (metricsStatus()) fresh.frames = [...(await framesFromHistory(clusterId, Date.now())), ...fresh.frames];
  return fresh;
}

/** The last quarter of an hour as the history has it: a restart of the console leaves a gap in the chart, not an empty chart. */
async function framesFromHistory(clusterId: ClusterId, now: number): Promise<LagFrame[]> {
  try {
    const { times, lines } = await askHistory("series", {
      clusterId,
      series: "lag-seconds",
      from: now - FINE_MS,
      to: now,
    });
    return times.flatMap((at, index) => {
      const lags = new Map(lines.map(({ key, high }) => [key, high[index] ?? null]));
      return [...lags.values()].some((lag) => lag !== null) ? [{ at, lags }] : [];
    });
  } catch (cause) {
    log.warn("the lags from before are not known", { cause, clusterId });
    return [];
  }
}

/** Adds a node's position and returns its samples. */
export function rememberWal(memory: ReplicationMemory, nodeId: NodeId, sample: WalSample): readonly WalSample[] {
  const samples = remember(memory.wal.get(nodeId) ?? [], sample);
  memory.wal.set(nodeId, samples);
  return samples;
}

/** Adds the lags of this moment, and who was there. */
export function rememberLags(
  memory: ReplicationMemory,
  at: number,
  standbys: readonly Standby[],
  lagSecondsOf: (standby: Standby) => number | null,
): void {
  memory.frames = rememberFrame(memory.frames, {
    at,
    lags: new Map(standbys.map((standby) => [standby.key, lagSecondsOf(standby)])),
  });
  for (const { key, nodeId, name } of standbys) memory.seen.set(key, { nodeId, name, at });
  const oldest = memory.frames[0]?.at ?? at;
  for (const [key, seen] of memory.seen) if (seen.at < oldest) memory.seen.delete(key);
}
