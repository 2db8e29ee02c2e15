import { expect, test } from "vitest";
import { ago, dateAndTime, timeOfDay } from "./time";

const then = new Date(2026, 10, 20, 0, 33, 51);
const after = (seconds: number) => new Date(then.getTime() + seconds * 1000);

test("a time of day has two digits everywhere", () => {
  expect(timeOfDay(then)).toBe("00:33:51");
  expect(timeOfDay(then, { seconds: false })).toBe("00:33");
});

test("a date is written so that it sorts as it reads", () => {
  expect(dateAndTime(then)).toBe("2026-11-20 00:33:51");
});

test("an age is told in whole seconds and never ahead of the truth", () => {
  expect(ago(then, after(2.9))).toBe("2 s ago");
  expect(ago(then, after(41))).toBe("41 s ago");
  expect(ago(then, after(3900))).toBe("1 h 5 min ago");
});

test("a moment that lies ahead because clocks differ reads now", () => {
  expect(ago(then, after(-5))).toBe("now");
});
