"use client";
import { type Ref, useEffect, useImperativeHandle, useState } from "react";
import { SrOnly } from "@/components/ui/sr-only";
import type { Sight } from "./map-camera";
import { type Cell, cellRect } from "./map-geometry";
import type { Room } from "./use-room";

export type TipHandle = {
  /** What is pointed at. Said aloud where the keyboard led there; otherwise when the pointer has come to rest. */
  show: (cell: Cell | undefined, how?: "aloud") => void;
};
/** "102019 :55167", "9.6 MB", "customers, orders" */
export type TipWords = { name: string; lines: readonly string[] };

type Props = { ref: Ref<TipHandle>; sight: Sight; room: Room; say: (cell: Cell) => TipWords | undefined };

const AT_REST_MS = 700;
const FLIP_AT = 240;

/** The name of the cell beneath the pointer. It alone is drawn again while the pointer moves. */
export function CanvasTip({ ref, sight, room, say }: Props) {
  const [cell, setCell] = useState<Cell>();
  const [spoken, setSpoken] = useState<Cell>();
  useImperativeHandle(ref, () => ({
    show(next, how) {
      setCell((known) => (known?.band === next?.band && known?.index === next?.index ? known : next));
      if (how === "aloud") setSpoken(next);
    },
  }));
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(cell), AT_REST_MS);
    return () => clearTimeout(timer);
  }, [cell]);
  const words = cell && say(cell);
  const heard = spoken && say(spoken);
  return (
    <>
      <SrOnly role="status">{heard ? [`group ${heard.name}`, ...heard.lines].join(", ") : ""}</SrOnly>
      {cell && words && <Tip words={words} {...placeOf(cell, sight, room)} />}
    </>
  );
}

type TipProps = { words: TipWords; left: number; top: number; isLeft: boolean; isAbove: boolean };

function Tip({ words, left, top, isLeft, isAbove }: TipProps) {
  return (
    <div
      aria-hidden="true"
      data-tip=""
      className="pointer-events-none absolute z-4 max-w-72 rounded-1 bg-text-1 px-1.5 py-0.5 text-11 text-surface-1"
      style={{ left, top, transform: `translate(${isLeft ? "-100%" : "0"}, ${isAbove ? "-100%" : "0"})` }}
    >
      <div className="font-mono">{words.name}</div>
      {words.lines.map((line) => (
        <div key={line} className="truncate">
          {line}
        </div>
      ))}
    </div>
  );
}

/** Below the cell, or above it in the lower half; to the left where the right is near. */
function placeOf(cell: Cell, { grid, x, y }: Sight, { width, height, ratio }: Room) {
  const rect = cellRect(grid, cell);
  const [left, top] = [(rect.x - x) / ratio, (rect.y - y) / ratio];
  const isAbove = top > height / ratio / 2;
  const isLeft = left > Math.max(FLIP_AT, width / ratio - FLIP_AT);
  return { left: Math.max(0, left), top: isAbove ? top - 4 : top + rect.height / ratio + 4, isLeft, isAbove };
}
