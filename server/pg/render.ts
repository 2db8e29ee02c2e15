import "server-only";
import type { SqlValue, Statement } from "./sql";

/** The statement as a person would type it: each $n replaced by its literal. What is shown before a change is made from the very call that runs. */
export function render<Params, Row>(stmt: Statement<Params, Row>, params: Params): string {
  const values = stmt.values(params);
  const text = dedent(stmt.text).replace(/\$(\d+)/g, (whole, digits: string) => {
    const value = values[Number(digits) - 1];
    return value === undefined ? whole : literal(value);
  });
  return `${text};`;
}

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return quoted(value);
  if (typeof value === "object") return `ARRAY[${value.map(literal).join(", ")}]`;
  return String(value);
}

/** As quote_literal() does it: a backslash needs the E form, or its meaning would hang on a setting. */
function quoted(text: string): string {
  const body = text.replaceAll("'", "''");
  return body.includes("\\") ? `E'${body.replaceAll("\\", "\\\\")}'` : `'${body}'`;
}

/** Takes the source file's margin away. Before values go in: a line break inside a value is the value's own. */
function dedent(text: string): string {
  const [first = "", ...rest] = text
    .replace(/^\s*\n/, "")
    .trimEnd()
    .split("\n");
  // A statement that begins beside its backtick has the file's margin in the lines below only: they get one of their own.
  const isInline = !/^\s/.test(first);
  const measured = (isInline ? rest : [first, ...rest]).filter((line) => line.trim() !== "");
  const margin = measured.length === 0 ? 0 : Math.min(...measured.map((line) => line.search(/\S/)));
  const below = rest.map((line) => `${isInline ? "  " : ""}${line.slice(margin)}`);
  return [isInline ? first : first.slice(margin), ...below].join("\n");
}
