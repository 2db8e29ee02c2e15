"use client";
import { type RefObject, useEffect, useRef, useState } from "react";

/** Before anything is measured: a panel beside another on a common desk. */
const USUAL_ROOM = 720;

/** The width inside an element's padding, as it is and as it becomes. After each change it is scrolled to its right end, where the roots are. */
export function useRoom(): [RefObject<HTMLElement | null>, number] {
  const element = useRef<HTMLElement>(null);
  const [room, setRoom] = useState(USUAL_ROOM);
  useEffect(() => {
    const watched = element.current;
    if (!watched) return;
    const measure = () => {
      const { paddingLeft, paddingRight } = getComputedStyle(watched);
      setRoom(watched.clientWidth - Number.parseFloat(paddingLeft || "0") - Number.parseFloat(paddingRight || "0"));
      requestAnimationFrame(() => {
        watched.scrollLeft = watched.scrollWidth;
      });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(watched);
    return () => observer.disconnect();
  }, []);
  return [element, room];
}
