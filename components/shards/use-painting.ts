"use client";
import { type RefObject, useEffect, useMemo } from "react";
import { type ColouredBy, cellColours } from "./cell-colours";
import type { Sight } from "./map-camera";
import type { MapCells } from "./map-cells";
import { cellImage, paintCells } from "./paint-cells";
import { usePalette } from "./use-palette";
import type { Room } from "./use-room";

type Painted = ColouredBy & { cells: MapCells; sight: Sight; room: Room };

/** Keeps the canvas as it should look: colours are found anew when what they say changes, and painted once in a frame. */
export function usePainting(
  canvas: RefObject<HTMLCanvasElement | null>,
  { cells, colour, heat, shown, sight, room }: Painted,
): void {
  const palette = usePalette();
  const { held, bands } = cells;
  const byNode = useMemo(() => cellColours(held, { colour, heat, shown }), [held, colour, heat, shown]);
  const colours = useMemo(() => bands.map((band) => byNode.get(band.node) ?? new Uint8Array()), [bands, byNode]);
  const { columns, lines } = sight.grid;
  const image = useMemo(
    () => (palette ? pictureOf(cellImage(colours, { columns, lines }, palette)) : undefined),
    [colours, columns, lines, palette],
  );
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || !palette || !image || room.width === 0) return;
    const frame = requestAnimationFrame(() => {
      if (element.width !== room.width) element.width = room.width;
      if (element.height !== room.height) element.height = room.height;
      paintCells(context, { cells, colours, palette, image }, sight, room, room.ratio);
    });
    return () => cancelAnimationFrame(frame);
  }, [canvas, cells, colours, palette, image, sight, room]);
}

/** As something that can be drawn at any size. undefined where there is nothing to draw on. */
function pictureOf({ width, height, pixels }: ReturnType<typeof cellImage>): HTMLCanvasElement | undefined {
  const picture = document.createElement("canvas");
  picture.width = width;
  picture.height = height;
  const context = picture.getContext("2d");
  if (!context) return undefined;
  context.putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
  return picture;
}
