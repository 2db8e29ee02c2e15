import type { ScaleSeed } from "../types.ts";

/** What a cluster with a hundred thousand shards needs beside the sandbox's usual settings. */
export function scaleSettings({ nodes }: ScaleSeed): Record<string, string> {
  return {
    // A transaction that touches every shard of a node holds a lock on each of their relations.
    max_locks_per_transaction: "1024",
    shared_buffers: "192MB",
    maintenance_work_mem: "128MB",
    max_wal_size: "4GB",
    // A process that is many nodes is asked once for each of them; the coordinator asks all at once.
    ...(nodes !== undefined && { max_connections: "1000" }),
  };
}
