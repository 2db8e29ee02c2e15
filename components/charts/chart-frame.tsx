"use client";
import clsx from "clsx";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Table, Td, Th, Tr } from "@/components/ui/table";

/** The numbers behind a chart, already as text: what a screen reader, a spreadsheet and a doubter need. */
export type ChartTable = { columns: readonly string[]; rows: readonly (readonly string[])[] };

type Props = {
  title?: ReactNode;
  /** The chart said in one sentence. It is the chart's name for a screen reader, and is drawn below when `showSentence`. */
  sentence: string;
  showSentence?: boolean;
  table: ChartTable;
  /** What stands beside the title: a range, a unit. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
};

/** Title, picture, sentence, and the same as a table. The picture is one image to a screen reader; the table has the detail. */
export function ChartFrame({ title, sentence, showSentence = false, table, aside, children, className }: Props) {
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={clsx("min-w-0", className)}>
      <div className="flex min-h-7 items-center gap-2">
        {title !== undefined && <h3 className="text-13 leading-5">{title}</h3>}
        <span className="flex-1" />
        {aside}
        <Button variant="quiet" size="sm" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          As table
        </Button>
      </div>
      {asTable ? (
        <NumbersTable label={sentence} table={table} />
      ) : (
        <div role="img" aria-label={sentence}>
          {children}
        </div>
      )}
      {showSentence && <figcaption className="mt-1 text-12 text-text-2">{sentence}</figcaption>}
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
