import { join } from "node:path";
import { run } from "../processes/run.ts";
import type { Engine } from "./engine.ts";
import { findCitus } from "./find-citus.ts";

/** A real Citus. Its waits are shortened, not removed: what is watched is the same, only sooner. */
export const citusEngine: Engine = {
  name: "citus",
  install: async (_sandboxDir, account) => {
    const found = findCitus();
    if (found.bin === null) throw new Error(found.because);
    await run(join(found.bin, "postgres"), ["--version"], { account });
    return found.bin;
  },
  settings: () => ({
    shared_preload_libraries: "citus",
    // Anything but `require` keeps CREATE EXTENSION from making certificates and switching ssl on.
    "citus.node_conninfo": "sslmode=disable",
    "citus.local_hostname": "127.0.0.1",
    "citus.background_task_queue_interval": "1s",
    "citus.defer_shard_delete_interval": "2s",
    "citus.enable_stat_counters": "on",
  }),
};
