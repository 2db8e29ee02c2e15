import type { Page } from "@playwright/test";
import { routes } from "../../lib/routes.ts";
import { type Measured, median } from "../figures.ts";
import { withAdminer } from "../stage/adminer.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { pageOf, withBrowser } from "../stage/browser.ts";
import { type ConsoleOn, withConsole } from "../stage/console.ts";
import { type ExpectedMap, expectedMap } from "../stage/expected-map.ts";
import { untilMeasured } from "../stage/measured.ts";

/** P4: from the click on "Shards" to the frame in which every block has its place and its colour, each of them looked at. */
export const row: BenchRow = {
  id: "P4",
  figures: [
    {
      id: "P4.warm",
      what: "click until every block is painted and right",
      beside: "Adminer listing citus_shards",
      unit: "ms",
      target: { of: "ours", most: 700 },
      onCitusOnly: true,
    },
    {
      id: "P4.faster",
      what: "the same",
      beside: "Adminer listing citus_shards",
      unit: "ms",
      target: { of: "ratio", most: 0.05 },
      onCitusOnly: true,
    },
  ],
  run,
};

/** Chromium gives up in the middle of Adminer's 350 MB; fewer than this would be another page. */
const LEAST_LISTED = 10_000;

async function run(bench: Bench): Promise<Measured[]> {
  const { cluster } = bench;
  const ours: number[] = [];
  let blocks = 0;
  await withConsole(cluster, {}, (console) =>
    withBrowser(async (browser) => {
      const { page } = await pageOf(browser, console.url, console.asker.cookie);
      const room = await roomOf(page, console);
      // A size that comes meanwhile changes a colour: what is right must not change while one looks.
      await untilMeasured(cluster, console.asker);
      for (let turn = 1; turn <= bench.runs; turn += 1) {
        bench.say(`map, ${turn} of ${bench.runs}`);
        await page.goto(`${console.url}${routes.overview(console.clusterId)}`);
        await page.waitForTimeout(6_000);
        const expected = await expectedMap(console.asker, page, room);
        blocks = expected.words.length;
        ours.push(await clickAndSee(page, console, expected));
      }
    }),
  );
  let drawn = Number.POSITIVE_INFINITY;
  const listed = await withAdminer(cluster, async ({ url, signIn, view }) =>
    withBrowser(async (browser) => {
      const { page } = await pageOf(browser, url, "none=none");
      await page.goto(url);
      const signedIn = page.waitForURL(/[?&]username=/);
      await page.evaluate((fields) => {
        const form = document.createElement("form");
        form.method = "post";
        for (const [name, value] of Object.entries(fields)) {
          const input = Object.assign(document.createElement("input"), { name: `auth[${name}]`, value });
          form.append(input);
        }
        document.body.append(form);
        form.submit();
      }, signIn);
      await signedIn;
      const times: number[] = [];
      for (let turn = 1; turn <= bench.runs; turn += 1) {
        bench.say(`Adminer, ${turn} of ${bench.runs}`);
        const began = performance.now();
        await page.goto(view, { timeout: 300_000, waitUntil: "load" });
        const rows = await page.evaluate(() => document.querySelectorAll("#table tbody tr, table tbody tr").length);
        times.push(performance.now() - began);
        if (rows < LEAST_LISTED) throw new Error(`Adminer lists ${rows} rows of ${cluster.shards}.`);
        drawn = Math.min(drawn, rows);
        await page.goto("about:blank");
      }
      return times;
    }),
  ).catch((cause: unknown) => ({ because: `Adminer listed nothing: ${cause}` }));
  const baseline = Array.isArray(listed) ? median(listed) : null;
  const isPart = drawn < cluster.shards;
  const part = isPart
    ? `; of Adminer's ${cluster.shards} rows Chromium takes ${drawn}, so its time is a lower bound`
    : "";
  const remarks = `${blocks} blocks${Array.isArray(listed) ? part : `; ${listed.because}`}`;
  return row.figures.map(({ id }) => ({ id, ours: median(ours), baseline, remarks }));
}

/** How large the canvas is on that screen. */
async function roomOf(page: Page, { url, clusterId }: ConsoleOn): Promise<{ width: number; height: number }> {
  await page.goto(`${url}${routes.shards(clusterId)}`);
  const canvas = page.locator("canvas[data-map]");
  await canvas.waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3_000);
  return canvas.evaluate((element: HTMLCanvasElement) => ({ width: element.width, height: element.height }));
}

async function clickAndSee(page: Page, { clusterId }: ConsoleOn, expected: ExpectedMap): Promise<number> {
  await page.evaluate(({ width, height, xs, ys, words }) => {
    const result = { tookMs: 0, wrong: -1 };
    Object.assign(window, { __map: result });
    let clickedAt = 0;
    const copy = document.createElement("canvas");
    const context = copy.getContext("2d", { willReadFrequently: true });
    document.addEventListener(
      "click",
      () => {
        clickedAt = performance.now();
        requestAnimationFrame(look);
      },
      { capture: true, once: true },
    );
    function look() {
      const canvas = document.querySelector<HTMLCanvasElement>("canvas[data-map]");
      if (canvas && canvas.width === width && canvas.height === height && context) {
        copy.width = width;
        copy.height = height;
        context.drawImage(canvas, 0, 0);
        const seen = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
        result.wrong = words.reduce(
          (sum, word, at) => sum + Number(seen[(ys[at] ?? 0) * width + (xs[at] ?? 0)] !== word),
          0,
        );
        if (result.wrong === 0) {
          result.tookMs = performance.now() - clickedAt;
          return;
        }
      }
      requestAnimationFrame(look);
    }
  }, expected);
  await page
    .locator(`a[href="${routes.shards(clusterId)}"]`)
    .first()
    .click();
  const result = () => page.evaluate(() => (window as unknown as { __map: { tookMs: number; wrong: number } }).__map);
  await page
    .waitForFunction(() => (window as unknown as { __map: { tookMs: number } }).__map.tookMs > 0, null, {
      timeout: 30_000,
    })
    .catch(async () => {
      throw new Error(
        `${(await result()).wrong} of ${expected.words.length} blocks are not as they should be after 30 s.`,
      );
    });
  return (await result()).tookMs;
}
