import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mayHoldUnseen, rawText, visibleAnswer, visibleText } from "./visible";

describe("T22: what is not seen is written out", () => {
  test.each([
    ["orders", "orders"],
    ["größe 表 имя 😀", "größe 表 имя 😀"],
    ["\u202Egnp.sredro", "\\u{202E}gnp.sredro"],
    ["or\u200Bders", "or\\u{200B}ders"],
    ["a\nb\tc", "a\\u{A}b\\u{9}c"],
    ["a\u00A0b\u3000c", "a\\u{A0}b\\u{3000}c"],
    ["\uFEFFx\u00AD\u3164\u2800", "\\u{FEFF}x\\u{AD}\\u{3164}\\u{2800}"],
    ["\uD800", "\\u{D800}"],
    ["\\u{202E}", "\\u{5C}u{202E}"],
    ["C:\\users", "C:\\users"],
    ["\u0000\u001B[31m", "\\u{0}\\u{1B}[31m"],
  ])("%j is shown as %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
    expect(rawText(shown)).toBe(text);
  });

  test("no two texts are shown alike, and what is shown leads back to the text", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc
        .array(fc.constantFrom("\\", "u", "{", "}", "5", "C", "202E", "\u202E", "a"), { maxLength: 10 })
        .map((parts) => parts.join("")),
    );
    fc.assert(
      fc.property(text, (one) => {
        expect(rawText(visibleText(one))).toBe(one);
        expect(visibleText(one)).not.toMatch(/[\p{Cf}\p{Cc}]/u);
      }),
      { numRuns: 2_000 },
    );
  });

  test("statements keep their line breaks, names do not, and numbers and nulls stay what they are", () => {
    const answer = {
      name: "a\nb",
      query: "select\n\u202E1",
      steps: [{ sql: ["a;\nb"] }],
      size: 7,
      none: null,
      yes: true,
    };
    expect(visibleAnswer(answer)).toEqual({
      name: "a\\u{A}b",
      query: "select\n\\u{202E}1",
      steps: [{ sql: ["a;\nb"] }],
      size: 7,
      none: null,
      yes: true,
    });
  });

  test("an answer that is not walked through holds nothing unseen", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 8 }), (name) => {
        const json = JSON.stringify({ name });
        if (!mayHoldUnseen(json)) expect(visibleAnswer({ name })).toEqual({ name });
      }),
    );
  });
});
