import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { routes } from "../../lib/routes.ts";
import { type Measured, median } from "../figures.ts";
import { withBareNext } from "../stage/bare-next.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { pageOf, withBrowser } from "../stage/browser.ts";
import { withConsole } from "../stage/console.ts";
import { askTopic, shardsIn } from "../stage/transport.ts";
import { until } from "../stage/until.ts";

const BARE = "a bare Next page";

/** P9: from the start of the process to the first page of somebody who is signed in: the overview of the cluster. */
export const row: BenchRow = {
  id: "P9",
  figures: [
    {
      id: "P9.ready",
      what: "process start until it answers",
      beside: BARE,
      unit: "ms",
      target: { of: "ours", most: 1_500 },
    },
    {
      id: "P9.js",
      what: "JavaScript of the first page, gzip",
      beside: BARE,
      unit: "kB",
      target: { of: "ours", most: 190 },
    },
    { id: "P9.lcp", what: "largest contentful paint", beside: BARE, unit: "ms", target: { of: "ours", most: 1_200 } },
    { id: "P9.cls", what: "cumulative layout shift", beside: BARE, unit: "", target: { of: "ours", most: 0.02 } },
  ],
  run,
};

type Load = { js: number; lcp: number; cls: number };

async function run(bench: Bench): Promise<Measured[]> {
  const ready: number[] = [];
  const bareReady: number[] = [];
  for (let turn = 1; turn < bench.runs; turn += 1) {
    bench.say(`start, ${turn} of ${bench.runs}`);
    ready.push(await withConsole(bench.cluster, {}, async ({ readyMs }) => readyMs));
    bareReady.push(await withBareNext(async ({ readyMs }) => readyMs));
  }
  const ours: Load[] = [];
  const bare: Load[] = [];
  await withConsole(bench.cluster, {}, async (console) => {
    ready.push(console.readyMs);
    await until("the layout", async () => shardsIn(await askTopic(console.asker, "topology")));
    await withBareNext(async (server) => {
      bareReady.push(server.readyMs);
      await withBrowser(async (browser) => {
        for (let turn = 1; turn <= bench.runs; turn += 1) {
          bench.say(`page, ${turn} of ${bench.runs}`);
          const mine = await pageOf(browser, console.url, console.asker.cookie);
          ours.push(await load(mine.page, `${console.url}${routes.overview(console.clusterId)}`));
          await mine.close();
          const theirs = await pageOf(browser, server.url, "none=none");
          bare.push(await load(theirs.page, server.url));
          await theirs.close();
        }
      });
    });
  });
  const of = (loads: readonly Load[], what: keyof Load) => median(loads.map((one) => one[what]));
  return [
    { id: "P9.ready", ours: median(ready), baseline: median(bareReady) },
    { id: "P9.js", ours: of(ours, "js"), baseline: of(bare, "js") },
    { id: "P9.lcp", ours: of(ours, "lcp"), baseline: of(bare, "lcp") },
    { id: "P9.cls", ours: of(ours, "cls"), baseline: of(bare, "cls") },
  ];
}

/** A first visit, nothing cached. The page's JavaScript is what the document names, and what was asked for before its largest paint. */
async function load(page: Page, url: string): Promise<Load> {
  const scripts = new Map<string, Promise<Buffer>>();
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.set(response.url(), response.body());
  });
  await page.addInitScript(() => {
    const seen = { lcp: 0, cls: 0 };
    Object.assign(window, { __bench: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.lcp = entry.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) seen.cls += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.goto(url, { waitUntil: "load" });
  await page.waitForTimeout(4_000);
  const seen = await page.evaluate(() => (window as unknown as { __bench: { lcp: number; cls: number } }).__bench);
  const early = await page.evaluate((paint) => {
    const requests = performance.getEntriesByType("resource").filter(({ startTime }) => startTime < paint);
    return requests.map(({ name }) => name);
  }, seen.lcp);
  const html = await (await page.request.get(url)).text();
  const inDocument = [...html.matchAll(/<script[^>]+src="([^"]+)"(?![^>]*nomodule)/gi)].map(
    ([, src = ""]) => new URL(src, url).href,
  );
  const named = new Set([...early, ...inDocument]);
  const bodies = await Promise.all([...scripts].filter(([address]) => named.has(address)).map(([, body]) => body));
  return { js: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) / 1_000, ...seen };
}
