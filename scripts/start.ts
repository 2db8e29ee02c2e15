import { spawnSync } from "node:child_process";
import { ensureBuild } from "./steps/build.ts";
import { startConsole } from "./steps/console.ts";
import { ROOT } from "./steps/paths.ts";
import { untilStopped } from "./steps/until-stopped.ts";

/** The console on your own clusters: CITUS_URL=postgres://… npm start, or a shardboard.yaml. Listens on loopback unless HOST says otherwise. */
const asked = spawnSync(
  process.execPath,
  ["--import", `${ROOT}/scripts/hooks.mjs`, `${ROOT}/scripts/steps/listening.ts`],
  { cwd: ROOT, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
);
if (asked.status !== 0) process.exit(2);
const { host, port, origin }: { host: string; port: number; origin: string } = JSON.parse(asked.stdout);
const stopped = untilStopped();
await ensureBuild();
const running = await startConsole(port, {}, { host, hear: (line) => console.log(line) });
console.log(`Shardboard ${origin}`);
await Promise.race([stopped, new Promise((resolve) => running.process.once("exit", resolve))]);
await running.stop();
