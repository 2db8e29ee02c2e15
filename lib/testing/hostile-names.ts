/** What breaks out of HTML, attributes, scripts, styles, URLs, SQL, shells, logs, spreadsheets, templates and paths. */
const PAYLOADS = [
  "<script>window.__pwned=1</script>",
  "<img src=x onerror=window.__pwned=1>",
  '"><svg onload=window.__pwned=1>',
  "'-window.__pwned=1-'",
  "javascript:window.__pwned=1",
  "</title><script>window.__pwned=1</script>",
  "{{constructor.constructor('window.__pwned=1')()}}",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a payload
  "${window.__pwned=1}",
  "<style>*{display:none}</style>",
  "<iframe srcdoc='<script>top.__pwned=1</script>'>",
  "&lt;b&gt;&amp;&#60;",
  "%3Cscript%3E",
  "a/b",
  "../../etc/passwd",
  "..",
  ".",
  "a%2fb",
  "100%",
  "#hash",
  "?table=other",
  "a&b=c",
  "a+b c",
  "a;b,c",
  "it's",
  'say "hi"',
  "back\\slash",
  "`tick`",
  "'; drop table x; --",
  "$$ $1 $x$",
  "=cmd|' /C calc'!A0",
  "@SUM(1)",
  "line\nbreak",
  "tab\there",
  "carriage\rreturn",
  "\u001b[31mred",
  "bell\u0007",
  "\u202Egnp.sredro",
  "\u2066isolated\u2069",
  "zero\u200Bwidth",
  "joined\u200Dname",
  "soft\u00ADhyphen",
  "\uFEFFbom",
  "nbsp\u00A0here",
  "hangul\u3164filler",
  "line\u2028separator",
  "раураl",
  "оrders",
  "ｆｕｌｌ",
  "ﬁ ligature",
  "é e\u0301",
  "İıſ",
  "😀👩‍👩‍👧🏳️‍🌈",
  "表名テーブル",
  "שלום عليكم",
  "NULL",
  "undefined",
  "true",
  "0",
  "-1",
  "1e9",
  "NaN",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "select",
  "user",
  "Public.Orders",
  " leading",
  "trailing ",
  "two  spaces",
  "C:\\u{202E}",
  "a.b.c",
  '"quoted"."dots"',
] as const;

const LONGEST_BYTES = 63;

/** As many different names as asked for, each one that PostgreSQL keeps whole: at most 63 bytes. */
export function hostileNames(count: number): string[] {
  const names = new Set<string>();
  for (let round = 0; names.size < count; round += 1)
    for (const payload of PAYLOADS) {
      if (names.size >= count) break;
      names.add(cut(round === 0 ? payload : round % 2 ? `${payload}${round}` : padded(payload, round)));
    }
  return [...names];
}

/** Filled to the last byte with characters of several bytes, so that a careless cut would split one. */
function padded(payload: string, round: number): string {
  return `${round}${payload}${"é表😀".repeat(12)}`;
}

function cut(name: string): string {
  const whole = [...name];
  while (new TextEncoder().encode(whole.join("")).length > LONGEST_BYTES) whole.pop();
  return whole.join("");
}
