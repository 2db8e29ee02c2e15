import { setTimeout as wait } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { routes } from "../../lib/routes.ts";
import { topologyTopic } from "../../server/topology/topic.ts";
import { type Measured, quantile } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { pageOf, withBrowser } from "../stage/browser.ts";
import { paintedAfter, watchCanvas } from "../stage/canvas.ts";
import { withConsole } from "../stage/console.ts";
import { moveOne } from "../stage/swap.ts";
import { until } from "../stage/until.ts";
import { openViewers, type Viewers } from "../stage/viewers.ts";

const VIEWERS = 200;
const POLL_MS = topologyTopic.paceMs(null);
const PATIENCE_MS = POLL_MS + 20_000;
/** The sizes that the page has asked for would have emptied a purse of 1 %, and 32 moves in four minutes are dear: looks would be further apart. */
const BUDGET_PERCENT = 50;

/** P6: from the commit of a shard's new place in the catalogs to the news at every stream, and to its picture in a browser; less what the console waits between two looks. */
export const row: BenchRow = {
  id: "P6",
  figures: [
    {
      id: "P6.streams",
      what: `a shard moves: heard at ${VIEWERS} event streams, beyond the poll interval, p95`,
      beside: "",
      unit: "ms",
      target: { of: "ours", most: 250 },
    },
    {
      id: "P6.drawn",
      what: "a shard moves: drawn in a Chromium, beyond the poll interval, p95",
      beside: "",
      unit: "ms",
      target: { of: "ours", most: 250 },
    },
  ],
  run,
};

async function run(bench: Bench): Promise<Measured[]> {
  const { cluster, say } = bench;
  return withConsole(cluster, { people: VIEWERS + 1, budgetPercent: BUDGET_PERCENT }, async (console) => {
    const viewers = await openViewers(console, VIEWERS);
    const [cookie = ""] = console.cookies.slice(-1);
    try {
      return await withBrowser(async (browser) => {
        const { page } = await pageOf(browser, console.url, cookie);
        await page.goto(`${console.url}${routes.shards(console.clusterId)}`);
        await watchCanvas(page);
        await wait(bench.seconds(10) * 1_000);
        const heard: number[] = [];
        const drawn: number[] = [];
        const moves = bench.runs < 5 ? 4 : 16;
        for (let move = 1; move <= moves; move += 1) {
          say(`move ${move} of ${moves}`);
          const { committedAt, putBack } = await moveOne(cluster, move);
          let backAt = 0;
          try {
            const seen = await seenEverywhere(page, viewers, committedAt);
            heard.push(...seen.heard);
            drawn.push(seen.drawn);
            // Not in step with the looks of the console.
            await wait(500 + Math.random() * POLL_MS);
          } finally {
            backAt = performance.timeOrigin + performance.now();
            await putBack();
          }
          // A picture that still comes would be taken for the next move's.
          await seenEverywhere(page, viewers, backAt);
          await wait(1_500 + Math.random() * POLL_MS);
        }
        const beyond = (values: number[]) =>
          quantile(
            values.map((value) => Math.max(0, value - POLL_MS)),
            0.95,
          );
        const remarks = `poll interval ${POLL_MS} ms; without taking it off, p95 ${Math.round(quantile(heard, 0.95))} and ${Math.round(quantile(drawn, 0.95))} ms; ${moves} moves; budget ${BUDGET_PERCENT} %`;
        return [
          { id: "P6.streams", ours: beyond(heard), baseline: null, remarks },
          { id: "P6.drawn", ours: beyond(drawn), baseline: null, remarks },
        ];
      });
    } finally {
      await viewers.stop();
    }
  });
}

/** How long after a commit the news was at each stream, and the picture in the page. */
async function seenEverywhere(page: Page, viewers: Viewers, committedAt: number) {
  const first = new Map<number, number>();
  const hear = async () => {
    for (const { viewer, topic, at } of viewers.heard())
      if (topic === "topology" && at > committedAt && !first.has(viewer)) first.set(viewer, at);
    return first.size < VIEWERS ? null : first;
  };
  const [painted] = await Promise.all([
    paintedAfter(page, committedAt, PATIENCE_MS),
    until(`a move at all ${VIEWERS} streams`, hear, { limitMs: PATIENCE_MS }),
  ]);
  return { drawn: painted - committedAt, heard: [...first.values()].map((at) => at - committedAt) };
}
