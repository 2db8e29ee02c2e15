"use client";
import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from "react";
import { NodeName } from "@/components/ui/node-name";
import { SrOnly } from "@/components/ui/sr-only";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { tableName } from "@/lib/domain/cluster-picture";
import type { ShardView } from "@/lib/domain/shard-view";
import { formatBytes } from "@/lib/format/bytes";
import { countOf, formatCount } from "@/lib/format/count";
import type { MapModel } from "./map-model";
import { type BandOfNode, pixelBands } from "./pixel-bands";
import { bandLines, hit, paint, pixelGrid } from "./pixels";
import { usePalette } from "./use-palette";
import { useWidth } from "./use-width";

type Props = {
  picture: ClusterPicture;
  model: MapModel;
  view: Pick<ShardView, "colour" | "group">;
  found: { groupId: number } | null;
  onOpen: (groupId: number) => void;
};

type Place = { band: number; index: number };

const TALLEST = 420;
const NAMES = 112;

/** One pixel per shard group and a band per node, for clusters with more groups than can be drawn as blocks. */
export function PixelMap({ picture, model, view, found, onOpen }: Props) {
  const palette = usePalette();
  const [frame, width] = useWidth();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [at, setAt] = useState<Place>();
  const bands = useMemo(() => (palette ? pixelBands(model, palette, view.colour) : []), [model, palette, view.colour]);
  const counts = useMemo(() => bands.map((band) => band.groups.length), [bands]);
  const grid = useMemo(() => pixelGrid(counts, Math.max(1, width - NAMES - 20), TALLEST), [counts, width]);

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || bands.length === 0) return;
    const image = paint(bands, grid);
    context.canvas.width = image.width;
    context.canvas.height = image.height;
    context.putImageData(new ImageData(image.data, image.width, image.height), 0, 0);
  }, [bands, grid]);

  function point(event: PointerEvent<HTMLElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const cell = (distance: number) => Math.floor(distance / grid.cell);
    setAt(hit(counts, grid, cell(event.clientX - box.left), cell(event.clientY - box.top)));
  }
  function press(event: KeyboardEvent) {
    const group = at && bands[at.band]?.groups[at.index];
    if (event.key === "Enter" && group) onOpen(group.id);
    const next = step(event.key, at, counts, grid.columns);
    if (!next) return;
    event.preventDefault();
    setAt(next);
  }
  const height = Math.max(1, bands.length * bandLines(grid) - 1) * grid.cell;
  const pointed = at && bands[at.band];
  const lit = [found?.groupId, view.group].flatMap((groupId) => (groupId == null ? [] : placesOf(bands, groupId)));
  return (
    <div ref={frame} className="border-line border-b bg-surface-1 py-3 pr-5">
      <div className="flex">
        <Names bands={bands} lines={bandLines(grid) * grid.cell} />
        <div className="relative">
          <div
            // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrows walk the picture as they walk the blocks
            tabIndex={0}
            role="application"
            aria-label={`${countOf(sum(counts), "shard group")} in pixels, a band per node. Arrows walk, Enter opens; the table below lists the same.`}
            onPointerMove={point}
            onPointerLeave={() => setAt(undefined)}
            onClick={() => {
              const group = at && pointed?.groups[at.index];
              if (group) onOpen(group.id);
            }}
            onKeyDown={press}
            className="cursor-crosshair"
          >
            <canvas
              ref={canvas}
              className="block"
              style={{ width: grid.columns * grid.cell, height, imageRendering: "pixelated" }}
            />
          </div>
          {lit.map((place) => (
            <Ring key={`${place.band} ${place.index}`} place={place} grid={grid} />
          ))}
          {at && pointed && <Tip picture={picture} band={pointed} place={at} grid={grid} />}
        </div>
      </div>
    </div>
  );
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

function Names({ bands, lines }: { bands: readonly BandOfNode[]; lines: number }) {
  return (
    <div className="flex-none pl-5 text-12 max-md:pl-3" style={{ width: NAMES }}>
      {bands.map(({ row, groups }) => (
        <div key={row.node.id} className="overflow-hidden" style={{ height: lines }}>
          <NodeName
            nodeId={row.node.id}
            host={row.node.host}
            port={row.node.port}
            isCoordinator={row.isCoordinator}
            short={row.name}
          />
          <div className="text-11 text-text-3">{formatCount(groups.length)} groups</div>
        </div>
      ))}
    </div>
  );
}

type Grid = ReturnType<typeof pixelGrid>;

function cornerOf({ band, index }: Place, grid: Grid): { left: number; top: number } {
  const line = band * bandLines(grid) + Math.floor(index / grid.columns);
  return { left: (index % grid.columns) * grid.cell, top: line * grid.cell };
}

function Ring({ place, grid }: { place: Place; grid: Grid }) {
  const size = Math.max(grid.cell, 6);
  const corner = cornerOf(place, grid);
  return (
    <i
      className="pointer-events-none absolute outline-2 outline-text-1 outline-offset-1"
      style={{ ...corner, width: size, height: size }}
    />
  );
}

type TipProps = { picture: ClusterPicture; band: BandOfNode; place: Place; grid: Grid };

function Tip({ picture, band, place, grid }: TipProps) {
  const group = band.groups[place.index];
  if (!group) return null;
  const { left, top } = cornerOf(place, grid);
  const bytes = group.bytesByGroupId.get(band.row.node.groupId) ?? null;
  const size = bytes === null ? "size unknown" : formatBytes(bytes);
  const tables = group.tableOids.map((oid) => tableName(picture, oid)).join(", ");
  return (
    <>
      <SrOnly role="status">{`group ${group.id}, ${band.row.name}, ${size}, ${tables}`}</SrOnly>
      <div
        aria-hidden="true"
        className="pointer-events-none absolute z-4 max-w-72 rounded-1 bg-text-1 px-1.5 py-0.5 text-11 text-surface-1"
        style={{ left, top: top + grid.cell + 6, ...(left > 400 && { transform: "translateX(-100%)" }) }}
      >
        <div className="font-mono">
          {group.id} {band.row.name}
        </div>
        <div>{size}</div>
        <div className="truncate">{tables}</div>
      </div>
    </>
  );
}

function placesOf(bands: readonly BandOfNode[], groupId: number): Place[] {
  return bands.flatMap((band, position) => {
    const index = band.groups.findIndex((group) => group.id === groupId);
    return index < 0 ? [] : [{ band: position, index }];
  });
}

function step(key: string, at: Place | undefined, counts: readonly number[], columns: number): Place | undefined {
  const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns };
  const by = moves[key];
  if (by === undefined) return undefined;
  if (!at) return { band: 0, index: 0 };
  const index = at.index + by;
  if (index >= 0 && index < (counts[at.band] ?? 0)) return { band: at.band, index };
  const band = at.band + Math.sign(by);
  const count = counts[band];
  if (count === undefined) return at;
  const column = at.index % columns;
  if (Math.abs(by) === 1) return { band, index: by > 0 ? 0 : count - 1 };
  return { band, index: by > 0 ? Math.min(column, count - 1) : lastIn(column, columns, count) };
}

/** The lowest place of a band in that column. */
function lastIn(column: number, columns: number, count: number): number {
  const start = Math.floor((count - 1) / columns) * columns;
  const place = start + column;
  return place < count ? place : Math.max(0, place - columns);
}
