"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import clsx from "clsx";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { type SortDirection, Th } from "./table";
import { targetRow } from "./virtual-table-keys";

export type VirtualColumn<Row> = {
  id: string;
  head: ReactNode;
  /** Any CSS width; the column without one takes what is left. */
  width?: string;
  right?: boolean;
  mono?: boolean;
  sortable?: boolean;
  cell: (row: Row) => ReactNode;
};

type Props<Row> = {
  label: string;
  /** An array, or what makes each row when it is looked at. */
  rows: Pick<readonly Row[], "length" | "at">;
  columns: readonly VirtualColumn<Row>[];
  rowKey: (row: Row) => string | number;
  /** Enter or a click. */
  onOpen?: (row: Row) => void;
  /** When another row is selected from elsewhere, it is brought into sight. */
  selectedKey?: string | number | undefined;
  sort?: { columnId: string; direction: SortDirection } | undefined;
  onSort?: (columnId: string) => void;
  rowHeight?: number;
  /** The rows outside this height are not in the document. */
  className?: string;
  minWidth?: number;
};

const OVERSCAN = 12;
/** Pixels. */
const HEAD = 28;

/**
 * A table of any length: only the rows in view are in the document, and `aria-rowcount` says how many there are.
 * One tab stop; arrows, Page, Home and End walk the rows, Enter opens.
 */
export function VirtualTable<Row>({ rows, columns, rowHeight = 30, className, ...props }: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const [focused, setFocused] = useState(false);
  const id = useId();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    initialRect: { width: 800, height: 600 },
    // The head is sticky and covers the first row's place.
    scrollPaddingStart: HEAD,
  });
  const { rowKey, selectedKey } = props;
  const seenKey = useRef<string | number>(undefined);
  useEffect(() => {
    if (selectedKey === seenKey.current) return;
    const index = selectedKey === undefined ? -1 : indexOf(rows, (row) => rowKey(row) === selectedKey);
    // What a filter hides, or has not come yet, is brought into sight when it is there.
    if (selectedKey !== undefined && index < 0) return;
    seenKey.current = selectedKey;
    if (index < 0) return;
    setActive(index);
    // To the middle: the lower edge of a table may be below that of the window.
    if (!isSeen(document.getElementById(`${id}-${index}`), scroller.current))
      virtualizer.scrollToIndex(index, { align: "center" });
  }, [rows, rowKey, selectedKey, virtualizer, id]);
  const activeRow = Math.min(active, rows.length - 1);
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const isActiveDrawn = items.some((item) => item.index === activeRow);

  function walk(event: KeyboardEvent) {
    if (event.target !== event.currentTarget) return; // a button in a cell keeps its own keys
    const row = rows.at(activeRow);
    if (event.key === "Enter" && row !== undefined) props.onOpen?.(row);
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / rowHeight) - 2);
    const next = targetRow(event.key, activeRow, rows.length, page);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    virtualizer.scrollToIndex(next);
  }
  function open(index: number, row: Row) {
    setActive(index);
    props.onOpen?.(row);
  }
  return (
    <div ref={scroller} className={clsx("relative min-h-0 overflow-auto", className)}>
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows are walked by arrows is a grid
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
        aria-activedescendant={isActiveDrawn ? `${id}-${activeRow}` : undefined}
        tabIndex={0}
        onKeyDown={walk}
        // Focus bubbles: a button in a cell has its own ring, and is no sign of where the arrows stand.
        onFocus={(event) => setFocused(event.target === event.currentTarget)}
        onBlur={() => setFocused(false)}
        className="w-full table-fixed border-separate border-spacing-0 text-12 -outline-offset-2!"
        style={props.minWidth === undefined ? undefined : { minWidth: props.minWidth }}
      >
        <thead className="sticky top-0 z-1 bg-surface-1">
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Th
                key={column.id}
                right={column.right ?? false}
                style={{ width: column.width, height: HEAD }}
                {...(column.sortable && props.onSort && { onSort: () => props.onSort?.(column.id) })}
                sorted={props.sort?.columnId === column.id ? props.sort.direction : undefined}
              >
                {column.head}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap height={before} columns={columns.length} />
          {items.map((item) => {
            const row = rows.at(item.index);
            if (row === undefined) return null;
            const key = props.rowKey(row);
            return (
              <BodyRow
                key={key}
                id={`${id}-${item.index}`}
                row={row}
                index={item.index}
                columns={columns}
                height={rowHeight}
                selected={props.selectedKey === key}
                active={focused && item.index === activeRow}
                onOpen={props.onOpen && (() => open(item.index, row))}
              />
            );
          })}
          <Gap height={after} columns={columns.length} />
        </tbody>
      </table>
    </div>
  );
}

/** Whether the whole row stands below the head, within its table and within the window. */
function isSeen(row: HTMLElement | null, scroller: HTMLElement | null): boolean {
  if (!row || !scroller) return false;
  const [{ top, bottom }, frame] = [row.getBoundingClientRect(), scroller.getBoundingClientRect()];
  return top >= frame.top + HEAD && bottom <= Math.min(frame.bottom, window.innerHeight);
}

function indexOf<Row>(rows: Props<Row>["rows"], isIt: (row: Row) => boolean): number {
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows.at(index);
    if (row !== undefined && isIt(row)) return index;
  }
  return -1;
}

/** Stands for the rows that are not drawn, so that the scroll bar is true. */
function Gap({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  );
}

type BodyRowProps<Row> = {
  id: string;
  row: Row;
  index: number;
  columns: readonly VirtualColumn<Row>[];
  height: number;
  selected: boolean;
  active: boolean;
  onOpen: (() => void) | undefined;
};

function BodyRow<Row>({ id, row, index, columns, height, selected, active, onOpen }: BodyRowProps<Row>) {
  return (
    <tr
      id={id}
      aria-rowindex={index + 2}
      aria-selected={selected}
      onClick={onOpen}
      className={clsx(
        onOpen && "cursor-pointer",
        selected ? "bg-accent-weak" : "hover:bg-surface-2",
        active && "outline-2 outline-focus -outline-offset-2",
      )}
    >
      {columns.map((column) => (
        <td
          key={column.id}
          style={{ height }}
          className={clsx(
            "overflow-hidden text-ellipsis whitespace-nowrap border-line border-b px-2 first:pl-3 last:pr-3",
            column.right ? "text-right" : "normal-nums",
            column.mono && "font-mono",
          )}
        >
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}
