import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import { ensureChromium } from "../../scripts/steps/chromium.ts";

export const VIEWPORT = { width: 1_600, height: 900 };

/** As the session's probe of this platform starts it: a browser that asks nobody but the pages that are opened. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** A Chromium, started anew and closed afterwards. */
export async function withBrowser<T>(act: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: FLAGS });
  try {
    return await act(browser);
  } finally {
    await browser.close();
  }
}

/** A page of somebody who is signed in, in a profile of its own. */
export async function pageOf(
  browser: Browser,
  url: string,
  cookie: string,
): Promise<{ page: Page; close: () => Promise<void> }> {
  const context: BrowserContext = await browser.newContext({ viewport: VIEWPORT, reducedMotion: "reduce" });
  const at = cookie.indexOf("=");
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url }]);
  return { page: await context.newPage(), close: () => context.close() };
}
