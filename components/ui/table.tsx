import clsx from "clsx";
import type { ComponentProps, ReactNode } from "react";
import { Icon } from "./icon";

export type SortDirection = "ascending" | "descending";

type TableProps = ComponentProps<"table"> & { label: string; dense?: boolean };

/** Lines instead of boxes: 30 px rows, 26 when dense. Wider than its panel it scrolls inside it. */
export function Table({ label, dense = false, className, ...rest }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="relative min-w-0 overflow-x-auto -outline-offset-2!">
      <table
        aria-label={label}
        {...rest}
        className={clsx(
          "w-full border-collapse text-12",
          dense ? "[&_td]:h-[26px] [&_th]:h-[26px]" : "[&_td]:h-[30px] [&_th]:h-7",
          "[&_tbody_tr:last-child>td]:border-b-0",
          className,
        )}
      />
    </section>
  );
}

type Align = { right?: boolean };
const EDGE = "px-2 first:pl-3 last:pr-3";

type ThProps = ComponentProps<"th"> & Align & { sorted?: SortDirection | undefined; onSort?: () => void };

/** A column's head. With `onSort` it is a button, the mark shows the direction and `aria-sort` says it. */
export function Th({ right = false, sorted, onSort, className, children, ...rest }: ThProps) {
  return (
    <th
      scope="col"
      aria-sort={sorted ?? (onSort ? "none" : undefined)}
      {...rest}
      className={clsx(
        "whitespace-nowrap border-line border-b font-medium text-text-3",
        EDGE,
        right ? "text-right" : "text-left",
        className,
      )}
    >
      {onSort ? (
        <SortButton {...(sorted && { sorted })} onSort={onSort} right={right}>
          {children}
        </SortButton>
      ) : (
        children
      )}
    </th>
  );
}

type SortButtonProps = Align & { sorted?: SortDirection; onSort: () => void; children: ReactNode };

function SortButton({ sorted, onSort, right, children }: SortButtonProps) {
  return (
    <button
      type="button"
      onClick={onSort}
      className={clsx(
        "inline-flex h-6 items-center gap-1 whitespace-nowrap font-medium hover:text-text-1",
        right && "flex-row-reverse",
        sorted && "text-text-1",
      )}
    >
      {children}
      <Icon
        name={sorted === "ascending" ? "arrow-up" : "arrow-down"}
        className={clsx("size-3", !sorted && "invisible")}
      />
    </button>
  );
}

type TdProps = ComponentProps<"td"> & Align & { mono?: boolean };

/** Text left, numbers right. */
export function Td({ right = false, mono = false, className, ...rest }: TdProps) {
  return (
    <td
      {...rest}
      className={clsx(
        "whitespace-nowrap border-line border-b",
        EDGE,
        right ? "text-right" : "normal-nums",
        mono && "font-mono",
        className,
      )}
    />
  );
}

type TrProps = ComponentProps<"tr"> & { selected?: boolean };

export function Tr({ selected = false, className, ...rest }: TrProps) {
  return (
    <tr
      {...(selected && { "aria-selected": true })}
      {...rest}
      className={clsx(selected && "bg-accent-weak", className)}
    />
  );
}
