"use client";
import { type ReactNode, useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { PanelHead } from "@/components/ui/panel";
import { Table, Td, Th, Tr } from "@/components/ui/table";

/** The numbers behind a chart, already as text: what a screen reader, a spreadsheet and a doubter need. */
export type ChartTable = { columns: readonly string[]; rows: readonly (readonly string[])[] };

type Props = {
  /** With a title the chart brings the head of its panel: put it straight into a Panel. */
  title?: ReactNode;
  /** A quiet word beside the title: "4 standbys, 15 min". */
  note?: ReactNode;
  /** The chart said in one sentence. It is the chart's name for a screen reader, and is drawn below when `showSentence`. */
  sentence: string;
  showSentence?: boolean;
  table: ChartTable;
  /** What stands at the right end of the head: a range, a unit. */
  aside?: ReactNode;
  children: ReactNode;
};

/** Title, picture, sentence, and the same as a table. The picture is one image to a screen reader; the table has the detail. */
export function ChartFrame({ title, note, sentence, showSentence = false, table, aside, children }: Props) {
  const [asTable, setAsTable] = useState(false);
  const toggle = (
    <IconButton
      icon="table"
      size="sm"
      label="Show as table"
      aria-pressed={asTable}
      className={asTable ? "bg-surface-3!" : ""}
      onClick={() => setAsTable(!asTable)}
    />
  );
  return (
    <figure className="min-w-0">
      {title === undefined ? (
        <div className="flex items-center justify-end gap-2">
          {aside}
          {toggle}
        </div>
      ) : (
        <PanelHead title={title} note={note}>
          {aside}
          {toggle}
        </PanelHead>
      )}
      <div className={title === undefined ? undefined : "px-3 py-2.5"}>
        {asTable ? (
          <NumbersTable label={sentence} table={table} />
        ) : (
          <div role="img" aria-label={sentence}>
            {children}
          </div>
        )}
        {showSentence && <figcaption className="mt-1 text-12 text-text-2">{sentence}</figcaption>}
      </div>
    </figure>
  );
}

/** Everything after the first column is a number, and stands right. */
function NumbersTable({ label, table }: { label: string; table: ChartTable }) {
  return (
    <Table label={label} dense className="max-h-72">
      <thead>
        <tr>
          {table.columns.map((column, position) => (
            <Th key={column} right={position > 0}>
              {column}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((row) => (
          <Tr key={row[0]}>
            {row.map((text, position) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the position is the column
              <Td key={position} right={position > 0}>
                {text}
              </Td>
            ))}
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}
