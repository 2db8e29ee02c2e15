export type SqlTokenKind = "keyword" | "string" | "number" | "comment" | "plain";
export type SqlToken = { kind: SqlTokenKind; text: string };

const KEYWORDS = new Set(
  `select from where and or not in is null as on join left right full outer inner cross lateral group order by having limit offset
   insert into values update set delete create alter drop table schema function index unique primary key references add column
   with recursive case when then else end distinct union all exists between like ilike cast begin commit rollback call do
   true false default returning using grant revoke to explain analyze show reset prepare transaction prepared`.split(
    /\s+/,
  ),
);

const PATTERN =
  /(--[^\n]*|\/\*[\s\S]*?\*\/)|([eE]?'(?:[^']|'')*'|\$\d+)|("(?:[^"]|"")*")|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][\w$]*)/g;

/** Splits SQL for colouring only. It needs to be right about comments, strings and quoted names; the rest is taste. */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let end = 0;
  for (const match of sql.matchAll(PATTERN)) {
    if (match.index > end) tokens.push({ kind: "plain", text: sql.slice(end, match.index) });
    tokens.push({ kind: kindOf(match), text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < sql.length) tokens.push({ kind: "plain", text: sql.slice(end) });
  return tokens;
}

function kindOf([, comment, string, quotedName, number, word]: RegExpExecArray): SqlTokenKind {
  if (comment !== undefined) return "comment";
  if (string !== undefined) return "string";
  if (quotedName !== undefined) return "plain";
  if (number !== undefined) return "number";
  return word !== undefined && KEYWORDS.has(word.toLowerCase()) ? "keyword" : "plain";
}
