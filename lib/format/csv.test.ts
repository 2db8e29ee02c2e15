import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "./csv";

/** A reader of RFC 4180, written from the RFC and not from the writer. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = "";
    if (text[at] === '"') {
      for (at += 1; ; at += 1) {
        if (text[at] === undefined) throw new Error("a quote is not closed");
        if (text[at] !== '"') value += text[at];
        else if (text[at + 1] === '"') {
          value += '"';
          at += 1;
        } else break;
      }
      at += 1;
    } else while (at < text.length && text[at] !== "," && text[at] !== "\r") value += text[at++];
    row.push(value);
    if (text[at] === ",") at += 1;
    else if (text.startsWith("\r\n", at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else throw new Error(`neither a comma nor the end of a line at ${at}`);
  }
  return rows;
}

const sign = fc.constantFrom(
  "=",
  "+",
  "-",
  "@",
  "|",
  "%",
  "\t",
  "\r",
  "\n",
  '"',
  ",",
  " ",
  "'",
  "＝",
  "\u0000",
  "a",
  "é",
  "‮",
);
const hostile = fc.oneof(fc.string({ unit: sign, minLength: 1 }), fc.string(), fc.constant("=cmd|' /C calc'!A0"));

test("T24: whatever stands in a table comes back from its CSV, and no field begins as a formula", {
  timeout: 30_000, // three thousand tables: two seconds, and more on a busy machine
}, () => {
  fc.assert(
    fc.property(fc.array(fc.array(hostile, { minLength: 2, maxLength: 4 }), { maxLength: 5 }), (table) => {
      const read = readCsv(table.map(csvLine).join(""));
      expect(read).toHaveLength(table.length);
      for (const [index, row] of table.entries())
        for (const [column, value] of row.entries()) {
          const back = read[index]?.[column] ?? "";
          expect([value, `'${value}`]).toContain(back);
          expect(back.trimStart()).not.toMatch(/^[=+\-@]/);
          // biome-ignore lint/suspicious/noControlCharactersInRegex: blanks of every kind may stand before the sign
          expect(back).not.toMatch(/^[\t\r\n\u0000 ]*[=+\-@|%＝＋－＠]/);
        }
    }),
    { numRuns: 3_000 },
  );
});

test("numbers stay numbers, negative ones too, and what is unknown is empty", () => {
  expect(csvLine([1, -2, null, "a"])).toBe("1,-2,,a\r\n");
});
