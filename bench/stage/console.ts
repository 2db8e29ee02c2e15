import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ClusterId, clusterIdSchema } from "../../lib/domain/cluster.ts";
import { startConsole } from "../../scripts/steps/console.ts";
import { freePort } from "../../scripts/steps/free-port.ts";
import { ROOT } from "../../scripts/steps/paths.ts";
import type { Cluster } from "./cluster.ts";
import type { Asker } from "./transport.ts";

export type ConsoleOn = {
  url: string;
  clusterId: ClusterId;
  /** Of people with open sessions; the first one is an admin. */
  cookies: string[];
  pid: number;
  /** From the start of the process until it answered. */
  readyMs: number;
  asker: Asker;
};
type Wanted = {
  people?: number;
  /** The same cluster under so many ids. */
  clusters?: number;
  /** In place of 1 %: for what is measured while sizes, read just before, would leave nothing in the purse. */
  budgetPercent?: number;
};

/** The built console as people run it, new, with people who are signed in; `act` has it, then it ends and nothing of it is left. */
export async function withConsole<T>(
  cluster: Cluster,
  { people = 1, clusters = 1, budgetPercent }: Wanted,
  act: (console: ConsoleOn) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-bench-"));
  try {
    const port = await freePort();
    const place = {
      DATA_DIR: join(folder, "data"),
      PORT: String(port),
      ...(budgetPercent !== undefined && { READ_BUDGET_PERCENT: String(budgetPercent) }),
    };
    const cookies = await makePeople(people, place);
    const began = performance.now();
    const running = await startConsole(port, { ...place, ...variablesFor(cluster, clusters, folder) });
    try {
      const readyMs = performance.now() - began;
      const { url, process } = running;
      const clusterId = clusterIdSchema.parse(clusters === 1 ? "bench" : "bench-1");
      const asker: Asker = { url, clusterId, cookie: cookies[0] ?? "" };
      return await act({ url, clusterId, cookies, pid: process.pid ?? 0, readyMs, asker });
    } finally {
      await running.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function makePeople(count: number, place: Record<string, string>): Promise<string[]> {
  const program = ["--import", `${ROOT}/scripts/hooks.mjs`, `${ROOT}/bench/stage/make-viewers.ts`, String(count)];
  const env = { ...process.env, ...place };
  const { stdout } = await promisify(execFile)(process.execPath, program, { cwd: ROOT, env });
  return JSON.parse(stdout);
}

/** One cluster by the environment; several by a file, as they are configured in earnest. */
function variablesFor(cluster: Cluster, clusters: number, folder: string): Record<string, string> {
  if (clusters === 1) return { ...cluster.variables, CLUSTER_NAME: "bench" };
  const { CITUS_URL = cluster.ownerUrl, CITUS_READ_URL = CITUS_URL } = cluster.variables;
  const { host, pathname } = new URL(cluster.ownerUrl);
  const entry = (number: number) => [
    `  - name: bench ${number}`,
    `    coordinators: ["${host}"]`,
    `    database: ${pathname.slice(1)}`,
    "    logins:",
    ...[
      ["read", CITUS_READ_URL],
      ["ops", CITUS_URL],
    ].map(([login, url = ""]) => `      ${login}: { user: ${new URL(url).username}, no_password: true }`),
  ];
  const file = join(folder, "shardboard.yaml");
  writeFileSync(
    file,
    ["clusters:", ...Array.from({ length: clusters }, (_, index) => entry(index + 1)).flat(), ""].join("\n"),
  );
  return { SHARDBOARD_CONFIG: file };
}
