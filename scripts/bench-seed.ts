import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "../sandbox/start.ts";
import { untilStopped } from "./steps/until-stopped.ts";

/**
 * A real Citus with a hundred thousand real shards, until Ctrl-C: npm run bench:seed -- --dir /tmp/citus-100k. Its folder stays; the same
 * command starts it again from there, in seconds.
 */
const { values } = parseArgs({
  options: { dir: { type: "string", default: "/tmp/citus-100k" }, shards: { type: "string", default: "101250" } },
});
const { dir } = values;
const stopped = untilStopped();
const again = existsSync(join(dir, "kept.json"));
console.log(again ? `Starting what is in ${dir} …` : `Making ${values.shards} shards in ${dir}: minutes.`);
// No two tables colocated: as many blocks on the map as there are shards.
const seed = { shards: Number(values.shards), shape: "alone" as const };
const sandbox = await startSandbox({ engine: "citus", dir, standbys: false, pace: "test", seed, again });
try {
  console.log(`
  Citus ${sandbox.engineVersion} on PostgreSQL ${sandbox.postgresVersion}. In another terminal:

    BENCH_CLUSTER_URL=${sandbox.url("owner")} npm run bench

  Ctrl-C stops it; ${dir} stays.
`);
  const keepAlive = setInterval(() => {}, 60_000); // waiting for a signal alone does not keep Node running
  await stopped;
  clearInterval(keepAlive);
} finally {
  await sandbox.dispose();
}
