import { expect, test } from "vitest";
import { brakeStates, minutesInWindow, NO_LIMITS, stopReason, windowSentence } from "./brakes";

const at = (clock: string) => Date.parse(`2026-11-20T${clock}:00Z`);
const known = (value: number) => ({ value, why: null });

test("a value over its limit stops the run; disk stops it under its limit", () => {
  const limits = { lag: 30, lock: 10, disk: 15, latency: 200 };
  const fine = { lag: known(4), lock: known(0), disk: known(40), latency: known(12) };
  expect(stopReason({ limits, window: null }, fine, at("12:00"))).toBeNull();
  expect(stopReason({ limits, window: null }, { ...fine, lag: known(31) }, at("12:00"))).toContain(
    "Replica lag is 31 s",
  );
  expect(stopReason({ limits, window: null }, { ...fine, disk: known(14.9) }, at("12:00"))).toContain("Free disk");
  expect(stopReason({ limits, window: null }, { ...fine, lock: known(11) }, at("12:00"))).toContain("Lock waits");
  expect(stopReason({ limits, window: null }, { ...fine, latency: known(300) }, at("12:00"))).toContain("latency");
});

test("what is not known does not stop a run, and is said", () => {
  const limits = { ...NO_LIMITS, lag: 30 };
  const readings = { lag: { value: null, why: "no standby is known" } };
  expect(stopReason({ limits, window: null }, readings, at("12:00"))).toBeNull();
  const sentence = "Replica lag is unknown (no standby is known): the brake cannot act.";
  expect(brakeStates(limits, readings)).toMatchObject([{ state: "unknown", sentence }]);
  expect(brakeStates(limits, {})[0]?.state).toBe("unknown");
});

test("a brake that is off looks at nothing", () => {
  expect(brakeStates(NO_LIMITS, { lag: known(1e9) })).toEqual([]);
});

test("each brake says how far it is from stopping the run", () => {
  const [lag] = brakeStates({ ...NO_LIMITS, lag: 30 }, { lag: known(4) });
  expect(lag?.sentence).toBe("Replica lag is 4 s; it stops the run above 30 s, 26 s from here.");
});

test("a window may go over midnight; at its end a run is stopped", () => {
  const night = { from: "22:00", to: "05:00" };
  expect(minutesInWindow(night, at("23:00"))).toBe(360);
  expect(minutesInWindow(night, at("04:59"))).toBe(1);
  expect(minutesInWindow(night, at("05:00"))).toBeNull();
  expect(minutesInWindow(night, at("21:59"))).toBeNull();
  expect(minutesInWindow({ from: "09:00", to: "10:00" }, at("09:30"))).toBe(30);
  expect(stopReason({ limits: NO_LIMITS, window: night }, {}, at("05:00"))).toContain(
    "window (22:00 to 05:00 UTC) is over",
  );
  expect(windowSentence(night, at("23:00"))).toContain("stopped in 6 h");
});
