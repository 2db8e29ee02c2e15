"use client";
import { type RefObject, useEffect, useState } from "react";
import type { Extent } from "./map-geometry";

/** What an element has of the screen in device pixels, and how many of them are a CSS pixel. undefined: not measured yet. */
export type Room = Extent & { ratio: number };

/** Measured as the device draws it, so that nothing is scaled afterwards: a canvas that is, is blurred. */
export function useRoom(element: RefObject<HTMLElement | null>): Room | undefined {
  const [room, setRoom] = useState<Room>();
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const measure = (box?: ResizeObserverSize) => {
      const ratio = window.devicePixelRatio || 1;
      const width = box?.inlineSize ?? Math.round(watched.clientWidth * ratio);
      const height = box?.blockSize ?? Math.round(watched.clientHeight * ratio);
      setRoom((known) =>
        known?.width === width && known.height === height && known.ratio === ratio ? known : { width, height, ratio },
      );
    };
    measure();
    const observer = new ResizeObserver(([entry]) => measure(entry?.devicePixelContentBoxSize?.[0]));
    try {
      observer.observe(watched, { box: "device-pixel-content-box" });
    } catch {
      observer.observe(watched); // Safari knows CSS pixels only
    }
    return () => observer.disconnect();
  }, [element]);
  return room;
}
