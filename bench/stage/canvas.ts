import type { Page } from "@playwright/test";

type Watched = { sum: number; at: number };
type BenchWindow = Window & { __canvas: Watched };

/** From now on the page looks in every frame whether the map's picture is another, and when that was, by the clock that all processes share. */
export async function watchCanvas(page: Page): Promise<void> {
  await page.waitForSelector("canvas[data-map]", { timeout: 60_000 });
  await page.evaluate(() => {
    const watched: Watched = { sum: 0, at: 0 };
    (window as unknown as BenchWindow).__canvas = watched;
    const copy = document.createElement("canvas");
    const context = copy.getContext("2d", { willReadFrequently: true });
    const look = () => {
      requestAnimationFrame(look);
      const canvas = document.querySelector<HTMLCanvasElement>("canvas[data-map]");
      if (!canvas || canvas.width === 0 || !context) return;
      copy.width = canvas.width;
      copy.height = canvas.height;
      context.drawImage(canvas, 0, 0);
      const words = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
      let sum = 0;
      for (const word of words) sum = (Math.imul(sum, 31) + word) | 0;
      if (sum === watched.sum) return;
      watched.sum = sum;
      watched.at = performance.timeOrigin + performance.now();
    };
    requestAnimationFrame(look);
  });
}

/** When the picture first changed after a moment. */
export async function paintedAfter(page: Page, moment: number, limitMs: number): Promise<number> {
  await page.waitForFunction((since) => (window as unknown as BenchWindow).__canvas.at > since, moment, {
    timeout: limitMs,
    polling: 20,
  });
  return page.evaluate(() => (window as unknown as BenchWindow).__canvas.at);
}
