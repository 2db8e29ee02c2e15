import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { pageNow, startPageClock, stopPageClock, syncPageClock } from "./page-clock";

const START = Date.parse("2026-11-21T12:00:00Z");
const HOUR = 3_600_000;

beforeEach(() => vi.useFakeTimers({ now: START, toFake: ["Date", "performance"] }));
afterEach(() => {
  stopPageClock();
  vi.useRealTimers();
});

test("F21: a machine's clock that jumps an hour, back or forward, makes nothing older or younger", () => {
  startPageClock();
  vi.advanceTimersByTime(3_000);
  for (const jump of [-HOUR, 2 * HOUR]) {
    vi.setSystemTime(Date.now() + jump);
    expect(pageNow()).toBe(START + 3_000);
  }
});

test("F21: a machine whose clock is an hour off counts by the console's clock", () => {
  startPageClock();
  for (const off of [-HOUR, HOUR]) {
    syncPageClock(new Date(START + off).toUTCString());
    expect(pageNow()).toBe(START + off);
  }
  syncPageClock(new Date(START + HOUR + 1_000).toUTCString());
  expect(pageNow()).toBe(START + HOUR);
});

test("an answer without a date changes nothing", () => {
  startPageClock();
  syncPageClock(null);
  syncPageClock("yesterday");
  expect(pageNow()).toBe(START);
});
