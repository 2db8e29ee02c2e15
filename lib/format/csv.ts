// biome-ignore-start lint/suspicious/noControlCharactersInRegex: blanks of every kind may stand before the sign
/** What a spreadsheet takes for a formula: one of these signs in front, also behind blanks, and as the wide forms that some turn into them. */
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@|%＝＋－＠]/;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: as above
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

/** One line of CSV (RFC 4180) with its end. A text that a spreadsheet would reckon with gets a ' in front, so that it stays a text. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(field).join(",")}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return "";
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
