import type { Results } from "./results.ts";

const BEGIN = "<!-- bench: written by npm run bench -->";
const END = "<!-- /bench -->";

/** The results as Markdown, one line per figure, with the conditions under which they were measured. */
export function tableOf({ machine, commit, citus, shards, measuredAt, rows }: Results): string {
  const lines = rows.map(({ id, what, beside, unit, ours, baseline, ratio, target, met, remarks }) =>
    [
      id,
      what,
      withUnit(ours, unit),
      beside,
      withUnit(baseline, unit),
      ratio === null ? "—" : `${ratio}×`,
      target,
      met === null ? "does not count" : met ? "met" : "**missed**",
      remarks ?? "",
    ].map(cell),
  );
  return [
    `Citus ${citus}, ${shards.toLocaleString("en")} shards; ${machine}; commit ${commit}, ${measuredAt.slice(0, 10)}.`,
    "",
    "| | what | ours | beside | it takes | ratio | target | | |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ...lines.map((cells) => `| ${cells.join(" | ")} |`),
  ].join("\n");
}

/** The page with the table between its marks. */
export function withTable(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error("docs/performance.md has lost the marks of its table.");
  return `${page.slice(0, begin + BEGIN.length)}\n\n${table}\n\n${page.slice(end)}`;
}

const withUnit = (value: number | null, unit: string) => (value === null ? "—" : `${value} ${unit}`.trim());
const cell = (text: string) => text.replaceAll("|", "\\|").replaceAll("\n", " ");
