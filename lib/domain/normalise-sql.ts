/** What stands where a literal was. */
const HIDDEN = "?";
/** What stands where the rest of a text could not be told apart from literals. */
const REST_HIDDEN = "…";

/** One token, matched where the scan stands (sticky). PostgreSQL takes every character beyond ASCII for a letter of a name. */
const WHITESPACE = /[ \t\n\r\f\v]+/y;
const LINE_COMMENT = /--[^\n\r]*/y;
const BLOCK_EDGE = /\/\*|\*\//g;
const NAME = /[A-Za-z_\u0080-\u{10ffff}][A-Za-z0-9_$\u0080-\u{10ffff}]*/uy;
const QUOTED_NAME = /"(?:[^"]|"")*"(?!")/y;
const PARAMETER = /\$\d{1,5}(?![A-Za-z0-9_$\u0080-\uffff])/y;
/** A number, and whatever is glued to it: 0x1F, 1e10, 1_000, and what an older server would read as a number and a name. */
const NUMBER = /[.$]?\d(?:[eE][+-]|[A-Za-z0-9_.$\u0080-\uffff])*/y;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y;
const STRING = /'(?:[^']|'')*'(?!')/y;
const ESCAPE_STRING = /'(?:[^'\\]|''|\\.)*'(?!')/sy;
const PUNCTUATION = /[-+*/<>=~!@#%^&|`?()[\],;:.]/y;
/** E'…' goes on after a line break as what it began as. */
const CONTINUATION = /\s*\n\s*(?=')/y;

/** A backslash before a quote ends the string or does not, by a setting that the text does not tell. */
const AMBIGUOUS = /(?<!\\)(?:\\\\)*\\'/;

/** Words after which a bare name is a value: SET application.user = alice. */
const SETTING = /^(?:set|alter)$/i;
const ASSIGNS = /^(?:to|=)$/i;

type Scan = { readonly text: string; at: number; shown: string[]; words: string[]; assigns: boolean };

/**
 * A statement's shape without anything a person could have typed as a value: names, keywords and operators stay; strings of every
 * kind, numbers, bit strings, comments and data after COPY go. Where the text cannot be told apart any more (a string that never
 * ends because the server cut the text, a backslash whose meaning hangs on a setting) the rest goes as well.
 */
export function normaliseSql(text: string): string {
  const scan: Scan = { text, at: 0, shown: [], words: [], assigns: false };
  while (scan.at < text.length) {
    if (!step(scan)) {
      scan.shown.push(REST_HIDDEN);
      break;
    }
  }
  return scan.shown
    .join("")
    .replace(/[^\S\n]+/g, " ")
    .trim();
}

/** Takes one token. false: from here on nothing is sure. */
function step(scan: Scan): boolean {
  if (take(scan, WHITESPACE) !== null) return show(scan, " ");
  if (take(scan, LINE_COMMENT) !== null) return show(scan, " ");
  if (scan.text.startsWith("/*", scan.at)) return blockComment(scan);
  const name = take(scan, NAME);
  if (name !== null) return named(scan, name);
  const quotedName = take(scan, QUOTED_NAME);
  if (quotedName !== null) return show(scan, scan.assigns ? HIDDEN : quotedName);
  if (scan.text[scan.at] === "'") return quoted(scan, STRING);
  const parameter = take(scan, PARAMETER);
  if (parameter !== null) return show(scan, parameter);
  const tag = take(scan, DOLLAR_TAG);
  if (tag !== null) return dollarQuoted(scan, tag);
  if (take(scan, NUMBER) !== null) return show(scan, HIDDEN);
  const punctuation = take(scan, PUNCTUATION);
  return punctuation !== null && punctuated(scan, punctuation);
}

function take(scan: Scan, token: RegExp): string | null {
  token.lastIndex = scan.at;
  const found = token.exec(scan.text)?.[0] ?? null;
  if (found !== null) scan.at += found.length;
  return found;
}

function show(scan: Scan, words: string): true {
  scan.shown.push(words);
  return true;
}

/** A name, or the letter that says of what kind the string behind it is. */
function named(scan: Scan, name: string): boolean {
  const next = scan.text[scan.at];
  if (next === "'" && /^[ebxn]$/i.test(name)) return quoted(scan, /^e$/i.test(name) ? ESCAPE_STRING : STRING);
  if (next === "&" && /^u$/i.test(name) && scan.text[scan.at + 1] === "'") {
    scan.at += 1;
    return quoted(scan, STRING);
  }
  if (scan.assigns) return show(scan, HIDDEN);
  scan.words.push(name.toLowerCase());
  if (isSettingValueNext(scan, name)) scan.assigns = true;
  return show(scan, name);
}

function quoted(scan: Scan, kind: RegExp): boolean {
  const from = scan.at;
  if (take(scan, kind) === null) return false;
  if (kind === STRING && AMBIGUOUS.test(scan.text.slice(from, scan.at))) return false;
  scan.shown.push(HIDDEN);
  if (kind === ESCAPE_STRING && take(scan, CONTINUATION) !== null) return show(scan, " ") && quoted(scan, kind);
  return true;
}

function dollarQuoted(scan: Scan, tag: string): boolean {
  const end = scan.text.indexOf(tag, scan.at);
  if (end < 0) return false;
  scan.at = end + tag.length;
  return show(scan, HIDDEN);
}

/** Comments nest. */
function blockComment(scan: Scan): boolean {
  BLOCK_EDGE.lastIndex = scan.at;
  for (let depth = 0, edge = BLOCK_EDGE.exec(scan.text); edge; edge = BLOCK_EDGE.exec(scan.text)) {
    depth += edge[0] === "/*" ? 1 : -1;
    if (depth > 0) continue;
    scan.at = BLOCK_EDGE.lastIndex;
    return show(scan, " ");
  }
  return false;
}

function punctuated(scan: Scan, mark: string): boolean {
  if (mark === ";") {
    const [first] = scan.words;
    const isDataNext = first === "copy" && scan.words.includes("stdin");
    scan.words = [];
    scan.assigns = false;
    return show(scan, mark) && !isDataNext;
  }
  if (isSettingValueNext(scan, mark)) scan.assigns = true;
  return show(scan, mark);
}

/** Only in SET and ALTER … SET: in UPDATE … SET a = b the name behind the sign is a column. */
function isSettingValueNext({ words }: Scan, token: string): boolean {
  const [first = ""] = words;
  return ASSIGNS.test(token) && SETTING.test(first) && words.includes("set");
}
