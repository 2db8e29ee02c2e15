"use client";
import { useCallback, useEffect, useRef, useState } from "react";
import { readMapPlace, writeMapPlace } from "@/lib/domain/map-place";
import type { ShardView } from "@/lib/domain/shard-view";
import type { Camera } from "./map-camera";

/** A gesture is in the address when it has come to rest: browsers count how often an address changes. */
const AT_REST_MS = 250;

type Address = Pick<ShardView, "zoom" | "at">;

/** The camera, kept in the address. What another link or Back brings is looked at at once. */
export function useCamera(view: Address, onChange: (changes: Address) => void): [Camera, (next: Camera) => void] {
  const [camera, setCamera] = useState(() => cameraIn(view));
  const written = useRef<Address>(view);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Writes what is not in the address yet. */
  const atRest = useRef<() => void>(undefined);

  useEffect(() => {
    if (view.zoom === written.current.zoom && view.at === written.current.at) return;
    clearTimeout(timer.current);
    atRest.current = undefined;
    written.current = { zoom: view.zoom, at: view.at };
    setCamera(cameraIn(view));
  }, [view]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    // Whatever is pressed may be a link: an address that is written while its page is on the way would call that off.
    const settle = () => atRest.current?.();
    window.addEventListener("pointerdown", settle, { capture: true });
    return () => window.removeEventListener("pointerdown", settle, { capture: true });
  }, []);

  const look = useCallback(
    (next: Camera) => {
      setCamera(next);
      clearTimeout(timer.current);
      atRest.current = () => {
        clearTimeout(timer.current);
        atRest.current = undefined;
        written.current = addressOf(next);
        onChange(written.current);
      };
      timer.current = setTimeout(atRest.current, AT_REST_MS);
    },
    [onChange],
  );
  return [camera, look];
}

function cameraIn({ zoom, at }: Address): Camera {
  return { zoom, at: readMapPlace(at) };
}

function addressOf({ zoom, at }: Camera): Address {
  return { zoom: zoom === null ? null : Number(zoom.toFixed(2)), at: at && writeMapPlace(at) };
}
