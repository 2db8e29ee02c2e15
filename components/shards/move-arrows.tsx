"use client";
import { type RefObject, useLayoutEffect, useState } from "react";
import { copiedFraction, type ShardMove } from "@/lib/domain/shard-moves";
import { formatBytes } from "@/lib/format/bytes";
import { moveCurve } from "./move-curve";

type Props = { frame: RefObject<HTMLElement | null>; moves: readonly ShardMove[] };
type Arrow = {
  id: number;
  path: string;
  head: string;
  start: [number, number];
  tip: [number, number];
  words: string[];
};

/** From the block that leaves to the place where it arrives, drawn over the map wherever the two happen to stand. */
export function MoveArrows({ frame, moves }: Props) {
  const [arrows, setArrows] = useState<Arrow[]>([]);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const measure = () => setArrows(moves.flatMap((move) => arrowOf(element, move)));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, moves]);
  if (arrows.length === 0) return null;
  return (
    <>
      <svg aria-hidden="true" className="pointer-events-none absolute inset-0 z-3 size-full overflow-visible fill-none">
        {arrows.map((arrow) => (
          <g key={arrow.id} className="stroke-accent" strokeWidth={1.75}>
            <path d={arrow.path} className="stroke-surface-1" strokeWidth={5} />
            <path d={arrow.path} />
            <path d={arrow.head} />
            <circle cx={arrow.start[0]} cy={arrow.start[1]} r={3} className="fill-accent stroke-none" />
          </g>
        ))}
      </svg>
      {arrows.map((arrow) => (
        <div
          key={arrow.id}
          aria-hidden="true"
          className="pointer-events-none absolute z-4 whitespace-nowrap rounded-1 bg-accent px-1.5 py-0.5 text-11 text-on-accent"
          style={{ left: arrow.tip[0], top: arrow.tip[1] }}
        >
          {arrow.words.map((word) => (
            <div key={word}>{word}</div>
          ))}
        </div>
      ))}
    </>
  );
}

function arrowOf(frame: HTMLElement, move: ShardMove): Arrow[] {
  const source = frame.querySelector(`[data-spot="${move.from}:${move.group.id}"]`)?.getBoundingClientRect();
  const target = frame.querySelector(`[data-ghost="${move.group.id}"]`)?.getBoundingClientRect();
  if (!source || !target) return [];
  const origin = frame.getBoundingClientRect();
  const boxIn = (box: DOMRect) => ({
    x: box.left - origin.left,
    y: box.top - origin.top,
    width: box.width,
    height: box.height,
  });
  const { path, head, start } = moveCurve(boxIn(source), boxIn(target));
  const tip: [number, number] = [target.right - origin.left + 10, target.top - origin.top + target.height / 2 - 16];
  return [{ id: move.group.id, path, head, start, tip, words: wordsOf(move) }];
}

function wordsOf(move: ShardMove): string[] {
  const { progress } = move;
  if (!progress) return [];
  const { copiedBytes, totalBytes, phase } = progress;
  if (copyIsUnknown(move) || copiedBytes === null || totalBytes === null) return [phase];
  return [phase, `${formatBytes(copiedBytes)} of ${formatBytes(totalBytes)}`];
}

function copyIsUnknown(move: ShardMove): boolean {
  return copiedFraction(move) === null;
}
