"use client";
import { type PointerEvent, type RefObject, useEffect, useRef } from "react";

export type Point = { x: number; y: number };

/** What gestures ask for. Points and distances in CSS pixels from the corner of the map. */
export type Gestures = {
  /** Whether there is more to see in this direction: where there is not, a wheel turns the page. */
  canPan: (dx: number, dy: number) => boolean;
  onPan: (dx: number, dy: number) => void;
  onZoom: (factor: number, at: Point) => void;
  onPoint: (at: Point | null) => void;
  onPress: (at: Point) => void;
};

/** A press that moves farther than this is a drag. */
const DRAG_FROM = 4;
/** How much of a doubling one pixel of the wheel is. */
const WHEEL_ZOOM = 0.01;
const LINE_HEIGHT = 16;

/**
 * Wheel with Ctrl or ⌘ and two fingers zoom, wheel and drag move, a press presses. Listens to the wheel by itself: React's
 * listeners may not keep the page from turning.
 */
export function useMapGestures(element: RefObject<HTMLElement | null>, gestures: Gestures) {
  const newest = useRef(gestures);
  useEffect(() => {
    newest.current = gestures;
  });
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const turn = (event: WheelEvent) => {
      const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_HEIGHT : 1;
      const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        newest.current.onZoom(2 ** (-dy * WHEEL_ZOOM), pointIn(watched, event));
        return;
      }
      const [right, down] = event.shiftKey && dx === 0 ? [dy, 0] : [dx, dy];
      if (!newest.current.canPan(right, down)) return;
      event.preventDefault();
      newest.current.onPan(right, down);
    };
    watched.addEventListener("wheel", turn, { passive: false });
    return () => watched.removeEventListener("wheel", turn);
  }, [element]);

  const pressed = useRef(new Map<number, Point>());
  const dragged = useRef(false);
  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    if (pressed.current.size === 0) dragged.current = false;
    pressed.current.set(event.pointerId, pointIn(event.currentTarget, event));
  }
  function onPointerMove(event: PointerEvent<HTMLElement>) {
    const at = pointIn(event.currentTarget, event);
    // Let go outside of the map, of which it was not told.
    if (event.buttons === 0) pressed.current.delete(event.pointerId);
    const before = pressed.current.get(event.pointerId);
    if (!before) {
      newest.current.onPoint(at);
      return;
    }
    const [dx, dy] = [at.x - before.x, at.y - before.y];
    if (!dragged.current && Math.hypot(dx, dy) < DRAG_FROM) return;
    if (!dragged.current) event.currentTarget.setPointerCapture(event.pointerId);
    dragged.current = true;
    const other = [...pressed.current].find(([id]) => id !== event.pointerId)?.[1];
    pressed.current.set(event.pointerId, at);
    newest.current.onPoint(null);
    if (other) newest.current.onZoom(distance(at, other) / Math.max(1, distance(before, other)), other);
    else newest.current.onPan(-dx, -dy);
  }
  function onPointerUp(event: PointerEvent<HTMLElement>) {
    if (!pressed.current.delete(event.pointerId) || dragged.current) return;
    newest.current.onPress(pointIn(event.currentTarget, event));
  }
  function onPointerCancel(event: PointerEvent<HTMLElement>) {
    pressed.current.delete(event.pointerId);
  }
  function onPointerLeave() {
    newest.current.onPoint(null);
  }
  return { onPointerDown, onPointerMove, onPointerUp, onPointerCancel, onPointerLeave };
}

function pointIn(element: HTMLElement, { clientX, clientY }: { clientX: number; clientY: number }): Point {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
