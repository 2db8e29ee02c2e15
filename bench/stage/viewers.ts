import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ROOT } from "../../scripts/steps/paths.ts";
import type { ConsoleOn } from "./console.ts";
import { SCREENS } from "./screens.ts";
import type { ViewersOrder, ViewersReport } from "./viewers-program.ts";

const PROGRAM = join(ROOT, "bench", "stage", "viewers-program.ts");
const HOOKS = join(ROOT, "scripts", "hooks.mjs");

export type News = Extract<ViewersReport, { kind: "news" }>;
export type Viewers = {
  pid: number;
  /** What the streams heard since somebody last asked. */
  heard: () => News[];
  /** Streams that ended and requests that failed so far. */
  troubles: () => string[];
  stop: () => Promise<void>;
};

/** So many browsers that look at the console; returns when each has seen its screen once. */
export async function openViewers(console: ConsoleOn, count: number, screens = SCREENS): Promise<Viewers> {
  const cookies = console.cookies.slice(0, count);
  if (cookies.length < count) throw new Error(`There are ${cookies.length} people for ${count} viewers.`);
  const order: ViewersOrder = { url: console.url, clusterId: console.clusterId, cookies, screens };
  const child = fork(PROGRAM, [JSON.stringify(order)], { execArgv: ["--import", HOOKS], stdio: "inherit" });
  let news: News[] = [];
  const troubles: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.on("message", (report: ViewersReport) => {
      if (report.kind === "ready") resolve();
      else if (report.kind === "news") news.push(report);
      else troubles.push(report.kind === "lost" ? `stream of viewer ${report.viewer} ended` : report.words);
    });
    child.once("exit", (code) => reject(new Error(`The viewers ended with ${code}.`)));
  });
  await ready;
  return {
    pid: child.pid ?? 0,
    heard: () => {
      const heard = news;
      news = [];
      return heard;
    },
    troubles: () => troubles,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill("SIGCONT");
      child.kill("SIGTERM");
      await ended;
    },
  };
}
