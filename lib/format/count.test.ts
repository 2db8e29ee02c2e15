import { expect, test } from "vitest";
import { countOf, formatCount } from "./count";

test("thousands are parted by thin spaces", () => {
  expect(formatCount(211952)).toBe("211\u2009952");
  expect(formatCount(1234567)).toBe("1\u2009234\u2009567");
  expect(formatCount(999)).toBe("999");
});

test("a negative number carries the typographic minus, and there is no minus zero", () => {
  expect(formatCount(-671088640)).toBe("\u2212671\u2009088\u2009640");
  expect(formatCount(-0.2)).toBe("0");
});

test("one is singular, everything else plural", () => {
  expect(countOf(1, "shard")).toBe("1 shard");
  expect(countOf(0, "shard")).toBe("0 shards");
  expect(countOf(2, "standby", "standbys")).toBe("2 standbys");
});
