import { copiedFraction, type ShardMove } from "@/lib/domain/shard-moves";
import type { Sight } from "./map-camera";
import { cellOf, type MapCells } from "./map-cells";
import { type Cell, cellRect, type Rect } from "./map-geometry";
import { moveCurve } from "./move-curve";
import type { Room } from "./use-room";

type Props = {
  cells: MapCells;
  moves: readonly ShardMove[];
  sight: Sight;
  room: Room;
  selected: number | null;
  found: { groupId: number; tip: string } | null;
};

/** Marks are seen also where a cell is one pixel. */
const LEAST = 7;
const LABELLED_FROM = 40;

/** What stands out from the cells: the found and the chosen one, and the way of each that moves. */
export function MapMarks({ cells, moves, sight, room, selected, found }: Props) {
  const rectOf = (cell: Cell | undefined) => cell && onScreen(cell, sight, room);
  const rings = (groupId: number) =>
    cells.bands.flatMap((band) => rectOf(cellOf(cells, { nodeGroupId: band.node.groupId, groupId })) ?? []);
  const ways = moves.flatMap((move) => {
    if (move.progress === null) return [];
    const from = rectOf(cellOf(cells, { nodeGroupId: move.from, groupId: move.group.id }));
    const to = rectOf(cellOf(cells, { nodeGroupId: move.to, groupId: move.group.id }));
    return from && to ? [{ move, from, to, curve: moveCurve(from, to) }] : [];
  });
  return (
    <>
      <svg aria-hidden="true" className="pointer-events-none absolute inset-0 size-full overflow-visible fill-none">
        <defs>
          <pattern id="leaving" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path d="M0 0V6" className="stroke-surface-1" strokeWidth={6} />
            <path d="M3 0V6" className="stroke-accent" strokeWidth={2} />
          </pattern>
        </defs>
        {ways.map(({ move, from, to, curve }) => (
          <g key={move.group.id} data-move={move.group.id} className="stroke-accent" strokeWidth={1.75}>
            <rect {...from} fill="url(#leaving)" strokeWidth={1.5} />
            <rect {...to} className="fill-surface-1" strokeDasharray="3 2" strokeWidth={1.5} />
            <path d={curve.path} className="stroke-surface-1" strokeWidth={5} />
            <path d={curve.path} />
            <path d={curve.head} />
            <circle cx={curve.start[0]} cy={curve.start[1]} r={3} className="fill-accent stroke-none" />
          </g>
        ))}
        {selected !== null &&
          rings(selected).map((rect) => <Ring key={`${rect.x} ${rect.y}`} rect={rect} className="stroke-accent" />)}
        {found &&
          rings(found.groupId).map((rect) => (
            <Ring key={`${rect.x} ${rect.y}`} rect={rect} className="stroke-text-1" />
          ))}
      </svg>
      {found &&
        rings(found.groupId)
          .filter((rect) => isSeen(rect, room))
          .slice(0, 1)
          .map((rect) => <Label key="found" rect={rect} text={found.tip} />)}
      {ways.map(({ move, to }) => to.width >= LABELLED_FROM && <Arriving key={move.group.id} move={move} rect={to} />)}
    </>
  );
}

function isSeen({ x, y, width, height }: Rect, room: Room): boolean {
  return x + width > 0 && y + height > 0 && x < room.width / room.ratio && y < room.height / room.ratio;
}

function Ring({ rect, className }: { rect: Rect; className: string }) {
  const ring = { x: rect.x - 2.5, y: rect.y - 2.5, width: rect.width + 5, height: rect.height + 5 };
  return (
    <>
      <rect {...ring} rx={3} className="stroke-surface-1" strokeWidth={4.5} />
      <rect {...ring} rx={3} className={className} strokeWidth={2} />
    </>
  );
}

function Label({ rect, text }: { rect: Rect; text: string }) {
  const isBelow = rect.y < 24;
  return (
    <span
      className="pointer-events-none absolute whitespace-nowrap rounded-1 bg-text-1 px-1.5 py-0.5 text-11 text-surface-1"
      style={{ left: Math.max(0, rect.x - 4), top: isBelow ? rect.y + rect.height + 8 : rect.y - 26 }}
    >
      {text}
    </span>
  );
}

/** What a block that arrives is, and how far it has come, where there is room to say it. */
function Arriving({ move, rect }: { move: ShardMove; rect: Rect }) {
  const fraction = copiedFraction(move);
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute flex flex-col items-center justify-center font-medium font-mono text-11 text-accent"
      style={{ left: rect.x, top: rect.y, width: rect.width, height: rect.height }}
    >
      <span>{String(move.group.id).slice(-3)}</span>
      <span className="font-normal">{fraction === null ? "…" : `${Math.floor(fraction * 100)} %`}</span>
    </div>
  );
}

/** In CSS pixels of the window, large enough to be seen. */
function onScreen(cell: Cell, { grid, x, y }: Sight, { ratio }: Room): Rect {
  const rect = cellRect(grid, cell);
  const [width, height] = [rect.width / ratio, rect.height / ratio];
  const [wider, higher] = [Math.max(width, LEAST), Math.max(height, LEAST)];
  return {
    x: (rect.x - x) / ratio - (wider - width) / 2,
    y: (rect.y - y) / ratio - (higher - height) / 2,
    width: wider,
    height: higher,
  };
}
