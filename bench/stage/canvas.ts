import type { Page } from "@playwright/test";

type Watched = { sum: number; at: number };
type BenchWindow = Window & { __canvas: Watched };

/**
 * From now on the page notes when the map's picture became another one, by the clock that all processes share. It looks only in frames in
 * which the map was painted: to look in every one would take from the page what is measured.
 */
export async function watchCanvas(page: Page): Promise<void> {
  await page.waitForSelector("canvas[data-map]", { timeout: 60_000 });
  await page.evaluate(() => {
    const watched: Watched = { sum: 0, at: 0 };
    (window as unknown as BenchWindow).__canvas = watched;
    const copy = document.createElement("canvas");
    const context = copy.getContext("2d", { willReadFrequently: true });
    let isPainted = true;
    // Every painting of the map begins with it.
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function clear(...rect) {
      if (this.canvas.hasAttribute("data-map")) isPainted = true;
      clearRect.apply(this, rect);
    };
    const look = () => {
      requestAnimationFrame(look);
      if (!isPainted) return;
      isPainted = false;
      const canvas = document.querySelector<HTMLCanvasElement>("canvas[data-map]");
      if (!canvas || canvas.width === 0 || !context) return;
      copy.width = canvas.width;
      copy.height = canvas.height;
      context.drawImage(canvas, 0, 0);
      const words = new Uint32Array(context.getImageData(0, 0, copy.width, copy.height).data.buffer);
      let sum = 0;
      for (let at = 0; at < words.length; at += 1) sum = (Math.imul(sum, 31) + (words[at] ?? 0)) | 0;
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
