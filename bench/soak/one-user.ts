import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { send } from "../../e2e/raw-request.ts";
import { consoleVariables } from "../../sandbox/console-variables.ts";
import { startSandbox } from "../../sandbox/start.ts";
import { ensureBuild } from "../../scripts/steps/build.ts";
import { startConsole } from "../../scripts/steps/console.ts";
import { becomeFirstAdmin } from "../../scripts/steps/first-admin.ts";
import { freePort } from "../../scripts/steps/free-port.ts";

const PER_SECOND = 2_000;
const SECONDS = 30;
const TOKEN = "a-token-for-the-soak";

/**
 * T21: while one person sends 2,000 requests a second, the console sends its clusters no more statements than before, and others
 * are answered. Both as a ratio to the same console a moment earlier, where that person only looks. Somebody who is not signed in
 * asks for the page for signing in, in both halves.
 */
export async function run() {
  await ensureBuild();
  const began = performance.now();
  const folder = mkdtempSync(join(tmpdir(), "shardboard-flood-"));
  writeFileSync(join(folder, "token"), TOKEN);
  const sandbox = await startSandbox({ pace: "test" });
  const running = await startConsole(await freePort(), {
    ...consoleVariables(sandbox),
    CLUSTER_NAME: "e2e",
    DATA_DIR: join(folder, "data"),
    METRICS_TOKEN_FILE: join(folder, "token"),
  });
  try {
    const cookie = await becomeFirstAdmin(running);
    const calm = await measured(running.url, () =>
      Promise.all([calmly(running.url, null), calmly(running.url, cookie)]),
    );
    const flooded = await measured(running.url, async () =>
      Promise.all([calmly(running.url, null), flood(running.url, cookie)]),
    );
    const statements = flooded.statements / Math.max(1, calm.statements);
    const [calmLatencies] = calm.result;
    const [floodLatencies, sent] = flooded.result;
    const latency = p95(floodLatencies) / p95(calmLatencies);
    return [
      {
        id: "T21",
        what: `one person sends ${PER_SECOND} requests a second: statements to the cluster against before`,
        count: sent.answered,
        failures: statements <= 1.2 ? 0 : 1,
        seconds: (performance.now() - began) / 1_000,
        remarks: `${statements.toFixed(2)} times the statements; ${Math.round(sent.answered / SECONDS)} answers a second, ${sent.refused} of them refused; somebody else's p95 ${p95(floodLatencies).toFixed(1)} ms, ${latency.toFixed(1)} times that before`,
      },
    ];
  } finally {
    await running.stop();
    await sandbox.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function statementsSoFar(url: string): Promise<number> {
  const { text } = await send(url, { path: "/metrics", headers: { authorization: `Bearer ${TOKEN}` } });
  return Number(/^shardboard_statements_total\{cluster="e2e"\} (\d+)/m.exec(text)?.[1] ?? 0);
}

async function measured<T>(url: string, work: () => Promise<T>): Promise<{ statements: number; result: T }> {
  const before = await statementsSoFar(url);
  const result = await work();
  return { statements: (await statementsSoFar(url)) - before, result };
}

/** Somebody looks every 200 ms: signed in at the nodes, or at the page for signing in. How long each answer took. */
async function calmly(url: string, cookie: string | null): Promise<number[]> {
  const path = cookie === null ? "/sign-in" : "/api/clusters/e2e/live/nodes";
  const took: number[] = [];
  const end = performance.now() + SECONDS * 1_000;
  while (performance.now() < end) {
    const began = performance.now();
    await send(url, { path, headers: cookie === null ? {} : { cookie } });
    took.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return took;
}

/** As many requests as that, or as many as get through forty connections. */
async function flood(url: string, cookie: string): Promise<{ answered: number; refused: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: 40 });
  const count = { answered: 0, refused: 0 };
  const one = () =>
    new Promise<void>((resolve) => {
      const call = get(`${url}/api/clusters/e2e/live/nodes`, { agent, headers: { cookie } }, (answer) => {
        count.answered += 1;
        if (answer.statusCode === 429) count.refused += 1;
        answer.resume().on("end", resolve);
      });
      call.on("error", () => resolve());
    });
  const end = performance.now() + SECONDS * 1_000;
  while (performance.now() < end) {
    const began = performance.now();
    await Promise.all(Array.from({ length: PER_SECOND / 20 }, one));
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 50 - (performance.now() - began))));
  }
  agent.destroy();
  return count;
}

function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}
