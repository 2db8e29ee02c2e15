"use client";
import { type FocusEvent, useState } from "react";
import { changesSince, heldOrder } from "./held-order";

type Key = string | number;

export type HeldRows<Row> = {
  rows: readonly Row[];
  /** How many changes wait: 0 while nothing is held. Say "3 changes" and offer `release`. */
  changes: number;
  /** Lets the newest order in, at once. */
  release: () => void;
  /** Spread these on the element around the rows. */
  holders: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: (event: FocusEvent) => void;
    onBlur: () => void;
  };
};

type Held = { order: readonly Key[]; byPointer: boolean; byFocus: boolean };

/**
 * A live table never reorders under the pointer or the keyboard: the order is held until both have left. A focus that a
 * click has left behind does not hold, or one click would freeze the table.
 */
export function useHeldRows<Row>(rows: readonly Row[], keyOf: (row: Row) => Key): HeldRows<Row> {
  const [held, setHeld] = useState<Held | null>(null);
  const keys = rows.map(keyOf);
  const change = (part: { byPointer: boolean } | { byFocus: boolean }) =>
    setHeld((before) => {
      const next = { ...(before ?? { order: keys, byPointer: false, byFocus: false }), ...part };
      return next.byPointer || next.byFocus ? next : null;
    });
  return {
    rows: held === null ? rows : heldOrder(rows, keyOf, held.order),
    changes: held === null ? 0 : changesSince(keys, held.order),
    release: () => setHeld((before) => before && { ...before, order: keys }),
    holders: {
      onPointerEnter: () => change({ byPointer: true }),
      onPointerLeave: () => change({ byPointer: false }),
      onFocus: (event) => change({ byFocus: event.target.matches(":focus-visible") }),
      onBlur: () => change({ byFocus: false }),
    },
  };
}
