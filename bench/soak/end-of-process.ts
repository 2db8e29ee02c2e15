import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { send } from "../../e2e/raw-request.ts";
import { startConsole } from "../../scripts/steps/console.ts";
import { becomeFirstAdmin } from "../../scripts/steps/first-admin.ts";
import { freePort } from "../../scripts/steps/free-port.ts";

export type Ending = {
  /** What the process exited with. */
  code: number | null;
  signal: NodeJS.Signals | null;
  tookMs: number;
  /** Answers with 5xx, and connections cut in the middle of an answer, among the requests that ran at the time. */
  broken: string[];
  answered: number;
};

/** One console on a state and a cluster; started, used, told to end while it is used. */
export async function endOnce(cluster: Record<string, string>, dataDir: string, cookie?: string) {
  const port = await freePort();
  const running = await startConsole(port, { ...cluster, CLUSTER_NAME: "e2e", DATA_DIR: dataDir });
  // The cookie carries the port's name on plain http: the session is the same under another one.
  const session = renamed(cookie ?? (await becomeFirstAdmin(running)), port);
  const use = keepAsking(running.url, session);
  const stream = listen(running.url, session);
  await use.warm;
  await stream.open;
  const began = performance.now();
  const exited = once(running.process, "exit");
  running.process.kill("SIGTERM");
  const [code, signal] = (await exited) as [number | null, NodeJS.Signals | null];
  const tookMs = performance.now() - began;
  const { broken, answered } = await use.stop();
  await stream.ended;
  return { session, ending: { code, signal, tookMs, broken, answered } satisfies Ending };
}

const renamed = (cookie: string, port: number) => cookie.replace(/shardboard-\d+=/, `shardboard-${port}=`);

/** Asks without pause, four at a time, and tries again where nobody listens any more, as a proxy does. */
function keepAsking(url: string, cookie: string) {
  const broken: string[] = [];
  let answered = 0;
  let isOver = false;
  const paths = ["/api/clusters/e2e/live/nodes", "/clusters/e2e/nodes", "/readyz", "/sign-in"];
  const one = async (path: string) => {
    while (!isOver) {
      try {
        const { status } = await send(url, { path, headers: { cookie } });
        answered += 1;
        // "Not ready" is what a machine should hear from a console that ends.
        if (status >= 500 && path !== "/readyz") broken.push(`${path} ${status}`);
      } catch (cause) {
        const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
        // Refused, or closed before the request was read: a proxy sends it elsewhere. Everything else was cut.
        if (code === "ECONNREFUSED") return;
        if (code !== "ECONNRESET" && code !== "EPIPE") broken.push(`${path} ${code}`);
      }
    }
  };
  const all = Promise.all(paths.map(one));
  const warm = (async () => {
    while (answered < 8) await new Promise((resolve) => setTimeout(resolve, 10));
  })();
  return {
    warm,
    async stop() {
      isOver = true;
      await all;
      return { broken, answered };
    },
  };
}

/** An open event stream, which would hold a server that waits for its answers to end. */
function listen(url: string, cookie: string) {
  let opened = () => {};
  let closed = () => {};
  const open = new Promise<void>((resolve) => (opened = resolve));
  const ended = new Promise<void>((resolve) => (closed = resolve));
  const call = get(`${url}/api/clusters/e2e/events`, { headers: { cookie } }, (answer) => {
    answer.once("data", () => opened());
    answer.on("data", () => {});
    answer.on("close", () => closed());
  });
  call.on("error", () => closed());
  return { open, ended };
}

/** So many ends one after another, on one state: what one left behind the next one finds. */
export async function endTimes(times: number, cluster: Record<string, string>): Promise<Ending[]> {
  const folder = mkdtempSync(join(tmpdir(), "shardboard-end-"));
  const endings: Ending[] = [];
  let cookie: string | undefined;
  try {
    for (let turn = 0; turn < times; turn += 1) {
      const { session, ending } = await endOnce(cluster, join(folder, "data"), cookie);
      cookie = session;
      endings.push(ending);
    }
    return endings;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A cluster that nobody can reach: for what is about the process and not about a cluster. */
export const NO_CLUSTER = {
  CITUS_URL: "postgres://nobody:no-password@127.0.0.1:9/none",
  CITUS_ALLOW_SUPERUSER_READ: "true",
};
