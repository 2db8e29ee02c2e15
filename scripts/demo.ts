import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consoleVariables } from "../sandbox/console-variables.ts";
import { startSandbox } from "../sandbox/start.ts";
import { ensureBuild } from "./steps/build.ts";
import { startConsole } from "./steps/console.ts";
import { freePort } from "./steps/free-port.ts";
import { makePersonWithLink } from "./steps/person.ts";
import { untilStopped } from "./steps/until-stopped.ts";

/** A cluster of real PostgreSQL processes and the console on it, until Ctrl-C; then nothing of either is left. */
const stopped = untilStopped();
await ensureBuild();
console.log("Starting a local cluster: a coordinator, three workers, a spare one, two standbys …");
const sandbox = await startSandbox({ pace: "demo" });
const dataDir = mkdtempSync(join(tmpdir(), "shardboard-demo-"));
try {
  const port = process.env.PORT ? Number(process.env.PORT) : await freePort();
  const person = await makePersonWithLink("demo", { DATA_DIR: dataDir, PORT: String(port) });
  const running = await startConsole(port, {
    ...consoleVariables(sandbox),
    CLUSTER_NAME: "demo",
    DATA_DIR: dataDir,
  });
  const engine =
    sandbox.engine === "citus"
      ? `Citus ${sandbox.engineVersion}`
      : "the stand-in for Citus (no Citus was found on this machine)";
  const { host, port: sparePort } = sandbox.nodes.spare;
  console.log(`
  Shardboard   ${person.link}
               signs you in once, as an admin of this demo; later, and where the console asks again who you are:
               name ${person.name}, password ${person.password}
  Cluster      ${engine} on PostgreSQL ${sandbox.postgresVersion}
  Spare worker ${host}:${sparePort}, running and not in the cluster yet: add it under Nodes

  Ctrl-C ends everything and removes its files.
`);
  await Promise.race([stopped, new Promise((resolve) => running.process.once("exit", resolve))]);
  await running.stop();
} finally {
  await sandbox.dispose();
  rmSync(dataDir, { recursive: true, force: true });
}
