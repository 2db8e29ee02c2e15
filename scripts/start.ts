import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild } from "./steps/build.ts";
import { startConsole } from "./steps/console.ts";
import { ROOT } from "./steps/paths.ts";
import { untilStopped } from "./steps/until-stopped.ts";

/** The console on your own cluster: CITUS_URL=postgres://… npm start. Listens on loopback only. */
if (!process.env.CITUS_URL && !process.env.SHARDBOARD_CONFIG && !existsSync(join(ROOT, "shardboard.yaml"))) {
  console.error(
    "No cluster is configured: there is no shardboard.yaml, and neither SHARDBOARD_CONFIG nor CITUS_URL is set. " +
      "Example: CITUS_URL=postgres://user:password@coordinator:5432/database npm start",
  );
  process.exit(2);
}
const stopped = untilStopped();
await ensureBuild();
const running = await startConsole(Number(process.env.PORT ?? 3000), {});
console.log(`Shardboard ${running.url}`);
await Promise.race([stopped, new Promise((resolve) => running.process.once("exit", resolve))]);
await running.stop();
