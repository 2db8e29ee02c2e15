import type { Page } from "@playwright/test";
import { routes } from "../../lib/routes.ts";
import { type Measured, median } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { pageOf, withBrowser } from "../stage/browser.ts";
import { withConsole } from "../stage/console.ts";
import { plainTable } from "../stage/plain-table.ts";
import { startUpdates } from "../stage/swap.ts";

const BESIDE = "a plain table of 10k rows";

/** P7: somebody types a filter, sorts and moves over the map, key by key, while shards change their place every second. */
export const row: BenchRow = {
  id: "P7",
  figures: [
    {
      id: "P7.inp",
      what: "interaction to next paint at 100k shards while updates stream: the worst of a run",
      beside: BESIDE,
      unit: "ms",
      target: { of: "ours", most: 100 },
    },
    {
      id: "P7.longtask",
      what: "longest task of the main thread meanwhile",
      beside: BESIDE,
      unit: "ms",
      target: { of: "ours", most: 100 },
    },
  ],
  run,
};

/** With 1 % the looks would soon be further apart than the updates, and hardly one would reach the page. */
const BUDGET_PERCENT = 50;

type Seen = { inp: number; longest: number };

async function run(bench: Bench): Promise<Measured[]> {
  const ours: Seen[] = [];
  const plain: Seen[] = [];
  await withConsole(bench.cluster, { budgetPercent: BUDGET_PERCENT }, (console) =>
    withBrowser(async (browser) => {
      const stopUpdates = startUpdates(bench.cluster);
      try {
        for (let turn = 1; turn <= bench.runs; turn += 1) {
          bench.say(`${turn} of ${bench.runs}`);
          const mine = await pageOf(browser, console.url, console.asker.cookie);
          await mine.page.goto(`${console.url}${routes.shards(console.clusterId)}`);
          await mine.page.waitForSelector("canvas[data-map]", { timeout: 60_000 });
          await mine.page.waitForTimeout(5_000);
          const box = await mine.page.locator("canvas[data-map]").boundingBox();
          ours.push(await act(mine.page, "input[data-filter]", box));
          await mine.close();
          const theirs = await pageOf(browser, console.url, "none=none");
          await theirs.page.setContent(plainTable(10_000));
          plain.push(await act(theirs.page, "input", null));
          await theirs.close();
        }
      } finally {
        await stopUpdates();
      }
    }),
  );
  const worst = (runs: readonly Seen[], what: keyof Seen) => median(runs.map((one) => one[what]));
  const remarks = `budget ${BUDGET_PERCENT} %`;
  return [
    { id: "P7.inp", ours: worst(ours, "inp"), baseline: worst(plain, "inp"), remarks },
    { id: "P7.longtask", ours: worst(ours, "longest"), baseline: worst(plain, "longest"), remarks },
  ];
}

async function act(
  page: Page,
  filter: string,
  map: { x: number; y: number; width: number; height: number } | null,
): Promise<Seen> {
  await page.evaluate(() => {
    const seen = { inp: 0, longest: 0 };
    Object.assign(window, { __seen: seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) seen.inp = Math.max(seen.inp, entry.duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.longest = Math.max(seen.longest, entry.duration);
    }).observe({ type: "longtask" });
  });
  const field = page.locator(filter).first();
  await field.click();
  await page.keyboard.type("t0042", { delay: 180 });
  await page.waitForTimeout(600);
  for (let key = 0; key < 5; key += 1) await page.keyboard.press("Backspace", { delay: 60 });
  await page.waitForTimeout(600);
  const heads = page.locator("thead button, thead [role=button], [role=columnheader] button");
  for (let head = 0; head < Math.min(3, await heads.count()); head += 1) {
    await heads.nth(head).click();
    await page.waitForTimeout(500);
  }
  if (map) {
    for (let step = 0; step < 40; step += 1)
      await page.mouse.move(map.x + (map.width * (step + 0.5)) / 40, map.y + (map.height * ((step * 7) % 40)) / 40);
  }
  await page.waitForTimeout(1_500);
  return page.evaluate(() => (window as unknown as { __seen: Seen }).__seen);
}
