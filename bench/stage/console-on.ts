import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { decodeColumns } from "../../lib/domain/layout-codec.ts";
import { consoleVariables } from "../../sandbox/console-variables.ts";
import type { FaultProxy } from "../../sandbox/proxy/types.ts";
import { startSandbox } from "../../sandbox/start.ts";
import type { Sandbox } from "../../sandbox/types.ts";
import { ensureBuild } from "../../scripts/steps/build.ts";
import { startConsole } from "../../scripts/steps/console.ts";
import { freePort } from "../../scripts/steps/free-port.ts";
import { makePerson } from "../../scripts/steps/person.ts";

/** What of a topic's snapshot the soak looks at. */
export type Look = {
  status: number;
  tookMs: number;
  ageMs: number | null;
  problem: string | null;
  hasData: boolean;
  readTookMs: number | null;
  answers: { ok: boolean; tookMs: number }[];
};

/** A console as people run it, on a cluster of its own that is reached through a proxy, and somebody who looks at it. */
export type Stage = {
  sandbox: Sandbox;
  proxy: FaultProxy;
  look: (topic: string) => Promise<Look>;
  /** Megabytes of the console's process in memory. */
  memory: () => number;
  /** Connections that the console holds to the coordinator: its own ends, because a black hole does not hear of one that was given up. */
  connections: () => number;
};

/** Sets it up, lets `act` do with it what it wants, and takes everything down. */
export async function withStage<T>(act: (stage: Stage) => Promise<T>): Promise<T> {
  await ensureBuild();
  const folder = mkdtempSync(join(tmpdir(), "shardboard-soak-"));
  const sandbox = await startSandbox({ pace: "test" });
  const proxy = await sandbox.proxyFor("coordinator");
  try {
    const port = await freePort();
    const through = (url: string) => url.replace(`:${sandbox.nodes.coordinator.port}/`, `:${proxy.port}/`);
    const variables = Object.fromEntries(
      Object.entries(consoleVariables(sandbox)).map(([name, value]) => [name, through(value)]),
    );
    const { cookie } = await makePerson("soak", { DATA_DIR: folder, PORT: String(port) });
    const env = { ...variables, CLUSTER_NAME: "soak", DATA_DIR: folder };
    const running = await startConsole(port, env);
    try {
      const look = (topic: string) => lookAt(`${running.url}/api/clusters/soak/live/${topic}`, cookie);
      const memory = () => memoryOf(running.process.pid);
      return await act({ sandbox, proxy, look, memory, connections: () => connectionsTo(proxy.port) });
    } finally {
      await running.stop();
    }
  } finally {
    await proxy.close();
    await sandbox.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

type Body = { data: { answers?: { ok: boolean; tookMs: number }[] } | null; problem: { code: string } | null };

/** Layout and sizes come as columns, everything else as JSON. */
async function bodyOf(answer: Response): Promise<Partial<Body>> {
  if (answer.headers.get("content-type") !== "application/octet-stream") return (await answer.json()) as Partial<Body>;
  const topic = new URL(answer.url).pathname.endsWith("/sizes") ? "sizes" : "topology";
  const { data, problem } = decodeColumns(topic, gunzipSync(await answer.arrayBuffer()));
  return { data: data && { answers: "answers" in data ? data.answers : [] }, problem };
}

async function lookAt(url: string, cookie: string): Promise<Look> {
  const began = performance.now();
  const answer = await fetch(url, { headers: { cookie }, signal: AbortSignal.timeout(30_000) });
  const body = await bodyOf(answer);
  const told = (name: string) => (answer.headers.get(name) ? Number(answer.headers.get(name)) : null);
  return {
    status: answer.status,
    tookMs: performance.now() - began,
    ageMs: told("x-age-ms"),
    problem: body.problem?.code ?? null,
    hasData: body.data !== null && body.data !== undefined,
    readTookMs: told("x-took-ms"),
    answers: body.data?.answers ?? [],
  };
}

function memoryOf(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes ?? Number.NaN) / 1_024;
}

/** In Linux' own words: 01 is established, 02 is being made; the remote address stands in hexadecimal in the third column. */
function connectionsTo(port: number): number {
  const remote = new RegExp(`^\\s*\\d+: \\S+ \\S+:${port.toString(16).toUpperCase().padStart(4, "0")} 0[12] `);
  return readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .filter((line) => remote.test(line)).length;
}
