"use client";
import clsx from "clsx";
import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from "react";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { Heat } from "@/lib/domain/shard-activity";
import type { ShardMove } from "@/lib/domain/shard-moves";
import type { ShardView } from "@/lib/domain/shard-view";
import { countOf } from "@/lib/format/count";
import { MOST_BLOCKS } from "./block-size";
import { CanvasNames } from "./canvas-names";
import { CanvasTip, type TipHandle } from "./canvas-tip";
import { panned, revealing, sightOf, ZOOM_STEP, zoomed } from "./map-camera";
import { cellOf, groupIn, type MapCells } from "./map-cells";
import { type Cell, cellAt, fitGrid } from "./map-geometry";
import { MapMarks } from "./map-marks";
import { stepTo } from "./map-steps";
import { sayCell } from "./say-cell";
import { useCamera } from "./use-camera";
import { type Gestures, type Point, useMapGestures } from "./use-map-gestures";
import { usePainting } from "./use-painting";
import { useRoom } from "./use-room";
import { ZoomBar } from "./zoom-bar";

type Props = {
  picture: ClusterPicture;
  cells: MapCells;
  moves: readonly ShardMove[];
  heat: Heat | null;
  /** 1 for each group of the picture that a filter lets through; null: none is set. */
  shown: Uint8Array | null;
  view: Pick<ShardView, "colour" | "group" | "zoom" | "at">;
  found: { groupId: number; tip: string } | null;
  onOpen: (groupId: number) => void;
  onChange: (changes: Pick<ShardView, "zoom" | "at">) => void;
};

const NOWHERE = { width: 0, height: 0, ratio: 1 };

/**
 * Every shard group on every node as a cell of one picture, a band per node: pixels at rest, blocks with names as one comes nearer.
 * A pure function of what is where and what is on its way, and of where one looks.
 */
export const CanvasMap = memo(function CanvasMap({
  picture,
  cells,
  moves,
  heat,
  shown,
  view,
  found,
  onOpen,
  onChange,
}: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const tip = useRef<TipHandle>(null);
  const cursor = useRef<Cell>(undefined);
  const room = useRoom(frame) ?? NOWHERE;
  const [camera, look] = useCamera(view, onChange);
  const scene = useMemo(() => {
    const placeOf = (cell: Cell) => {
      const [band, group] = [cells.bands[cell.band], groupIn(cells, cell)];
      return band && group && { nodeGroupId: band.node.groupId, groupId: group.id };
    };
    const bands = {
      counts: cells.counts,
      placeOf,
      cellOf: (place: Parameters<typeof cellOf>[1]) => cellOf(cells, place),
    };
    return { fit: fitGrid(cells.counts, room, room.ratio), room, ratio: room.ratio, bands };
  }, [cells, room]);
  const sight = useMemo(() => sightOf(camera, scene), [camera, scene]);
  usePainting(canvas, { cells, heat, shown, colour: view.colour, sight, room });
  useRevealed(view.group, (groupId) => {
    const nodeGroupId = picture.groupOfShard.get(groupId)?.groupIds[0];
    const cell = nodeGroupId === undefined ? undefined : cellOf(cells, { nodeGroupId, groupId });
    if (cell && room.width > 0) look(revealing(camera, scene, cell));
  });

  const cellUnder = ({ x, y }: Point) =>
    cellAt(sight.grid, cells.counts, Math.floor(x * room.ratio) + sight.x, Math.floor(y * room.ratio) + sight.y);
  const go = (next: typeof camera) => {
    tip.current?.show(undefined);
    look(next);
  };
  const moved = (dx: number, dy: number) => panned(camera, scene, dx * room.ratio, dy * room.ratio);
  const gestures: Gestures = {
    canPan(dx, dy) {
      const after = sightOf(moved(dx, dy), scene);
      return after.x !== sight.x || after.y !== sight.y;
    },
    onPan: (dx, dy) => go(moved(dx, dy)),
    onZoom: (factor, { x, y }) => go(zoomed(camera, scene, factor, { x: x * room.ratio, y: y * room.ratio })),
    onPoint(at) {
      cursor.current = (at && cellUnder(at)) ?? undefined;
      tip.current?.show(cursor.current);
    },
    onPress(at) {
      const cell = cellUnder(at);
      const group = cell && groupIn(cells, cell);
      cursor.current = cell;
      if (group) onOpen(group.id);
    },
  };
  const listeners = useMapGestures(frame, gestures);

  function press(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = cursor.current;
    const group = at && groupIn(cells, at);
    if (event.key === "Enter" && group) onOpen(group.id);
    const zoomTo = ZOOM_KEYS[event.key];
    const next = stepTo(event.key, at, cells.counts, sight.grid.columns);
    if (zoomTo === undefined && !next) return;
    event.preventDefault();
    if (zoomTo === 0) go({ zoom: null, at: null });
    else if (zoomTo !== undefined) look(zoomed(camera, scene, zoomTo));
    if (!next) return;
    cursor.current = next;
    look(revealing(camera, scene, next));
    tip.current?.show(next, "aloud");
  }
  const say = (cell: Cell) => sayCell({ picture, cells, heat, moves }, cell);
  return (
    <section aria-label="Shard map" className="border-line border-b bg-surface-1">
      <div className="flex pt-3 pr-5 max-md:pr-3">
        <CanvasNames cells={cells} sight={sight} room={room} />
        <div
          ref={frame}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows walk the picture as they walk the blocks
          tabIndex={0}
          role="application"
          aria-label={`${countOf(cells.total, "block")}, a band per node. Arrows walk, Enter opens, plus and minus zoom, 0 shows all. The table below lists the same.`}
          onKeyDown={press}
          {...listeners}
          className={clsx(
            cells.total > MOST_BLOCKS ? "h-[420px]" : "h-60",
            "relative min-w-0 flex-1 cursor-crosshair touch-pan-y overflow-clip [overflow-clip-margin:5px] outline-offset-1",
          )}
        >
          <canvas ref={canvas} data-map="" className="absolute inset-0 size-full font-mono" />
          <MapMarks cells={cells} moves={moves} sight={sight} room={room} selected={view.group} found={found} />
          <CanvasTip ref={tip} sight={sight} room={room} say={say} />
        </div>
      </div>
      <ZoomBar
        cells={cells}
        zoom={camera.zoom}
        onFit={() => go({ zoom: null, at: null })}
        onZoom={(way) => go(zoomed(camera, scene, way > 0 ? ZOOM_STEP : 1 / ZOOM_STEP))}
      />
    </section>
  );
});

/** Times larger; 0: everything. */
const ZOOM_KEYS: Record<string, number> = { "+": ZOOM_STEP, "=": ZOOM_STEP, "-": 1 / ZOOM_STEP, "0": 0 };

/** When another group is chosen somewhere else, it comes into sight. */
function useRevealed(groupId: number | null, reveal: (groupId: number) => void) {
  const newest = useRef(reveal);
  useEffect(() => {
    newest.current = reveal;
  });
  const known = useRef(groupId);
  useEffect(() => {
    if (groupId !== null && groupId !== known.current) newest.current(groupId);
    known.current = groupId;
  }, [groupId]);
}
