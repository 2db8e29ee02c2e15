import fc from "fast-check";
import { expect, test } from "vitest";
import { LONGEST_PASSWORD, mayBePassword, normalPassword, SHORTEST_PASSWORD } from "./password";

test.each([
  ["too short", "abc def ghi"],
  ["of few characters", "aaaaabbbbbbaaaa"],
  ["the keyboard's own row", "qwertyuiopas"],
  ["the alphabet backwards", "zyxwvutsrqponmlk"],
  ["the console's name and a year", "shardboard2026"],
  ["one of those that are tried first", "iloveyou1234"],
  ["another of them", "Welcome12345"],
  ["the same few letters again and again", "abc123abc123abc123"],
  ["the person's own name", "adalovelace-1"],
  ["longer than is hashed", "a1b2c3d4".repeat(40)],
])("%s is not a password", (_, typed) => {
  expect(mayBePassword(typed, "adalovelace").allowed).toBe(false);
});

test.each(["correct horse battery staple", "twelve chars", "Ωμέγα και άλφα", "🚲🚲🌊🌊🏔🏔🚲🌊🎻🎺🏔🌲"])(
  "%s is one, without a rule about kinds of letters",
  (typed) => {
    expect(mayBePassword(typed, "ada").allowed).toBe(true);
  },
);

test("nothing shorter than twelve or longer than 256 characters passes, whatever it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (typed) => {
      const length = [...normalPassword(typed)].length;
      if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) expect(mayBePassword(typed, "").allowed).toBe(false);
    }),
  );
});

test("the same letter typed in two ways is the same password", () => {
  expect(normalPassword("Caf\u0065\u0301 am Abend")).toBe(normalPassword("Caf\u00e9 am Abend"));
});
