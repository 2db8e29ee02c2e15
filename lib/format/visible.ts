/**
 * Characters that draw nothing, draw as an ordinary blank, or turn the text around them: with them two names look alike and a
 * name reads as another one. The first alternative is a backslash that would look like our own way to show one.
 */
const UNSEEN =
  /\\(?=u\{[0-9A-F]+\})|[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/gu;
const LINES = new Set(["\n", "\t", "\r"]);

/**
 * A text with every character that is not seen written out: "\u{202E}". No two texts become the same, so a name can be typed as it
 * is shown. `keepsLines`: line breaks and tabs stay, for prose and SQL.
 */
export function visibleText(text: string, { keepsLines = false } = {}): string {
  return text.replace(UNSEEN, (unseen) =>
    keepsLines && LINES.has(unseen) ? unseen : `\\u{${(unseen.codePointAt(0) ?? 0).toString(16).toUpperCase()}}`,
  );
}

/** The text behind what `visibleText` shows. */
export function rawText(visible: string): string {
  return visible.replace(/\\u\{([0-9A-F]{1,6})\}/g, (whole, digits: string) => {
    const point = Number.parseInt(digits, 16);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** Fields that hold prose or SQL, in which a line break is a line break. */
const WITH_LINES = new Set([
  "query",
  "sql",
  "command",
  "message",
  "messages",
  "failure",
  "text",
  "detail",
  "serverDetail",
  "serverHint",
  "remedy",
  "sentence",
  "reason",
  "remark",
  "notices",
]);

/** The same answer with every text in it made visible: what the browser holds is what it draws. */
export function visibleAnswer<T>(answer: T): T {
  return shown(answer, false) as T;
}

function shown(value: unknown, keepsLines: boolean): unknown {
  if (typeof value === "string") return visibleText(value, { keepsLines });
  if (Array.isArray(value)) return value.map((one) => shown(one, keepsLines));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [visibleText(name), shown(one, keepsLines || WITH_LINES.has(name))]),
  );
}

/** Whether an answer, as JSON, may hold anything that is not seen: most hold nothing, and are not walked through. */
export function mayHoldUnseen(json: string): boolean {
  return /\\[bfnrtu\\]|[^\u0020-\u007E]/.test(json);
}
