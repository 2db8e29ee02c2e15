import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { compare, type Row } from "../bench/measure.ts";
import { consoleVariables } from "../sandbox/console-variables.ts";
import { startSandbox } from "../sandbox/start.ts";
import { ensureBuild } from "./steps/build.ts";
import { startConsole } from "./steps/console.ts";
import { freePort } from "./steps/free-port.ts";
import { ROOT } from "./steps/paths.ts";
import { makePerson } from "./steps/person.ts";

/** What looking costs: the console's answers beside Citus' own views on the same cluster, as ratios of one run. */
await ensureBuild();
const sandbox = await startSandbox({ pace: "test" });
const folder = mkdtempSync(join(tmpdir(), "shardboard-bench-"));
try {
  const env = {
    ...consoleVariables(sandbox),
    CLUSTER_NAME: "bench",
    DATA_DIR: folder,
  };
  const port = await freePort();
  const { cookie } = await makePerson("bench", { DATA_DIR: folder, PORT: String(port) });
  const running = await startConsole(port, env);
  const live = (topic: string) => async () => {
    const answer = await fetch(`${running.url}/api/clusters/bench/live/${topic}`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`The console answered ${answer.status} for ${topic}.`);
    return answer.text();
  };
  try {
    const views: [string, string, string][] = [
      ["layout", "topology", "select * from citus_shards"],
      ["sizes", "sizes", "select * from citus_shards"],
      ["activity", "activity", "select * from citus_stat_activity"],
    ];
    const rows: Row[] = [];
    for (const [id, topic, sql] of views) {
      const words = { id, what: `warm GET live/${topic}`, beside: sql };
      rows.push(await compare(words, live(topic), () => sandbox.query(sql, [], { login: "read" })));
    }
    console.table(
      rows.map(({ what, beside, ours, baseline, ratio }) => ({
        what,
        beside,
        "ours, ms": ours,
        "beside, ms": baseline,
        ratio,
      })),
    );
    const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: ROOT, encoding: "utf8" }).trim();
    const machine = `${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.version}`;
    const result = {
      machine,
      commit,
      citus: `${sandbox.engineVersion} (${sandbox.engine}), PostgreSQL ${sandbox.postgresVersion}`,
      rows,
    };
    writeFileSync(join(ROOT, "bench", "results.json"), `${JSON.stringify(result, null, 2)}\n`);
  } finally {
    await running.stop();
  }
} finally {
  await sandbox.dispose();
  rmSync(folder, { recursive: true, force: true });
}
