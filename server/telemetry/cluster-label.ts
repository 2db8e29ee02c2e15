import "server-only";

const MOST_CLUSTERS = 50;
const holder = globalThis as typeof globalThis & { __shardboardClusterLabels?: Set<string> };

/** A cluster's id as a label. Ids come from the configuration; from the fifty-first on they are counted together. */
export function clusterLabel(clusterId: string): string {
  holder.__shardboardClusterLabels ??= new Set();
  const known = holder.__shardboardClusterLabels;
  if (known.size < MOST_CLUSTERS) known.add(clusterId);
  return known.has(clusterId) ? clusterId : "other";
}
