import type { SoakRow } from "../../bench/stage/row.ts";

const BEGIN = "<!-- soak: written by npm run soak -->";
const END = "<!-- /soak -->";

const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** The table as Markdown, one line per figure, with the conditions under which it was measured. */
export function soakTable(results: readonly { rows: readonly SoakRow[]; conditions: string }[]): string {
  const lines = results.flatMap(({ rows, conditions }) =>
    rows.map(({ id, what, count, failures, seconds, remarks }) =>
      [id, what, `${failures} of ${count.toLocaleString("en")}`, `${Math.round(seconds)} s`, remarks ?? "", conditions]
        .map(cell)
        .join(" | "),
    ),
  );
  const head = "| | what would be wrong | wrong | took | seen | measured on |\n| --- | --- | --- | --- | --- | --- |";
  return [head, ...lines.map((line) => `| ${line} |`)].join("\n");
}

/** The page with the table between its marks. */
export function withTable(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("docs/reliability.md has lost the marks of its table.");
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`;
}
