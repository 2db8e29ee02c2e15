import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { seriesOf } from "./counters";
import { startWatchdog, stopWatchdog, wasBlockedLately } from "./watchdog";

const blockedTimes = () => seriesOf("blocked").reduce((sum, one) => sum + one.value, 0);
let now = 0;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  vi.spyOn(performance, "now").mockImplementation(() => now);
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  now = 1_000;
  startWatchdog();
});
afterEach(() => {
  stopWatchdog();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The clock goes on, and the timer that was due fires only then: what a blocked event loop looks like from inside. */
function pass(ms: number): void {
  now += ms;
  vi.advanceTimersToNextTimer();
}

test("F24: a process that stood still for five seconds is counted, said, and not ready for a while", () => {
  const before = blockedTimes();
  pass(500);
  pass(5_600);
  expect(blockedTimes()).toBe(before + 1);
  expect(wasBlockedLately()).toBe(true);
  expect(vi.mocked(process.stderr.write).mock.calls.join()).toContain("the process stood still");
  now += 21_000;
  expect(wasBlockedLately()).toBe(false);
});

test("a process that is only busy counts as running", () => {
  const before = blockedTimes();
  for (let look = 0; look < 20; look += 1) pass(2_000);
  expect(blockedTimes()).toBe(before);
  expect(wasBlockedLately()).toBe(false);
});
