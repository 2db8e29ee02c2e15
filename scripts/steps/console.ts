import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { NEXT, ROOT } from "./paths.ts";

export type RunningConsole = {
  url: string;
  process: ChildProcess;
  /** The link that a console without people prints for its first admin. One that has people prints none: then this never comes. */
  firstAdminLink: Promise<string>;
  stop: () => Promise<void>;
};

/** `folder`: where the build stands, where that is not here. `hearErrors` gets what the console logs, line by line; without it that goes to this process' own stderr. */
type Listening = { folder?: string; host?: string; hear?: (line: string) => void; hearErrors?: (line: string) => void };

const FIRST_ADMIN = /^\s+(https?:\/\/\S+\/link#\S+)$/;
/** Long enough for a cold start on a busy machine. */
const PATIENCE_MS = 60_000;

/**
 * Left to itself V8 lets garbage grow to four times what is alive before it looks, and keeps the room: with 200 viewers 250 MB. Looked through
 * sooner it is some 10 MB, for a few hundredths of a core.
 */
const V8 = ["--max-semi-space-size=1", "--heap-growing-percent=20"];
/** glibc keeps freed memory in up to eight places for each core; with two of them a console is 20 to 30 MB smaller. */
const MALLOC_ARENAS = "2";

/** Starts the built console and returns when it answers. It says on stdout what Next says there, and then who may sign in. */
export async function startConsole(
  port: number,
  env: Record<string, string>,
  { folder = ROOT, host = "127.0.0.1", hear = () => {}, hearErrors = passOn }: Listening = {},
): Promise<RunningConsole> {
  const child = spawn(process.execPath, [...V8, NEXT, "start", "-H", host, "-p", String(port)], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      MALLOC_ARENA_MAX: MALLOC_ARENAS,
      ...process.env,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      // What V8 made of the build the last time; where nothing may be written it is made again.
      NODE_COMPILE_CACHE: join(folder, ".next", "cache", "node"),
      PORT: String(port),
      ...env,
    },
  });
  createInterface({ input: child.stderr }).on("line", hearErrors);
  const firstAdminLink = new Promise<string>((found) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      const link = FIRST_ADMIN.exec(line)?.[1];
      if (link) found(link);
      hear(line);
    });
  });
  const url = `http://${nameOf(host)}:${port}`;
  await answers(url, child);
  return { url, process: child, firstAdminLink, stop: () => stop(child) };
}

function passOn(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** How this machine itself reaches what listens on an address. */
function nameOf(host: string): string {
  if (host === "127.0.0.1" || host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`The console ended with code ${child.exitCode} before it answered.`);
    try {
      const response = await fetch(url, { redirect: "manual" });
      if (response.status < 500) return;
    } catch {
      // not listening yet
    }
    await wait(100);
  }
  throw new Error(`The console did not answer at ${url} within ${PATIENCE_MS / 1000} s.`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const ended = await Promise.race([exited.then(() => true), wait(10_000, false, { ref: false })]);
  if (!ended) child.kill("SIGKILL");
  await exited;
}
