import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

/**
 * jsdom lays nothing out, so everything is 0 × 0 and a table of any length would draw no row. Here every element is
 * as large as a small window; what a test says about sizes is about that window.
 */
const WINDOW = { width: 1024, height: 600 };

for (const [name, value] of [
  ["offsetWidth", WINDOW.width],
  ["offsetHeight", WINDOW.height],
  ["clientWidth", WINDOW.width],
  ["clientHeight", WINDOW.height],
] as const) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, value });
}

class SilentResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
globalThis.ResizeObserver ??= SilentResizeObserver;

/** Wide, light, and with motion: the usual desk. */
window.matchMedia ??= (query: string) =>
  ({
    matches: /min-width/.test(query),
    media: query,
    onchange: null,
    addEventListener: () => {},
    removeEventListener: () => {},
    addListener: () => {},
    removeListener: () => {},
    dispatchEvent: () => false,
  }) satisfies MediaQueryList;

Element.prototype.scrollIntoView ??= () => {};
Element.prototype.scrollTo ??= () => {};
Element.prototype.hasPointerCapture ??= () => false;
Element.prototype.setPointerCapture ??= () => {};
Element.prototype.releasePointerCapture ??= () => {};

/** There is nothing to paint on, and jsdom would say so each time. */
HTMLCanvasElement.prototype.getContext = () => null;

const later = setTimeout; // the real one, whatever clock a test puts in its place

/** A dialog that goes away steps back over its own entry of the history, a moment later: into the next test, if nobody waits. */
afterEach(async () => {
  const isOver = new Promise<unknown>((resolve) => {
    window.addEventListener("popstate", resolve, { once: true });
    later(resolve, 50);
  });
  const hasEntry = "shardboardDialog" in (window.history.state ?? {});
  cleanup();
  if (hasEntry) await isOver;
});

// How long something that comes by itself is waited for. A second is too little on a machine that builds beside the tests.
configure({ asyncUtilTimeout: 5_000 });

// The way to close an operation is drawn wherever one is followed; what stands behind it is the server.
vi.mock("@/server/actions/operations", () => ({ closeUnknownRun: vi.fn() }));
