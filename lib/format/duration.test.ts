import { expect, test } from "vitest";
import { formatDuration } from "./duration";

test.each([
  [0, "0 s"],
  [-3, "0 s"],
  [0.0004, "0.4 ms"],
  [0.184, "184 ms"],
  [0.9996, "1.0 s"],
  [1.84, "1.8 s"],
  [9.96, "10 s"],
  [48, "48 s"],
  [59.6, "1 min"],
  [89, "1 min 29 s"],
  [120, "2 min"],
  [3599.7, "1 h"],
  [7500, "2 h 5 min"],
  [86399, "1 d"],
  [3 * 86400 + 4 * 3600, "3 d 4 h"],
])("%d seconds read %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
