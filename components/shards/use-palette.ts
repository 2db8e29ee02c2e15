"use client";
import { useEffect, useState } from "react";
import type { Rgb } from "./pixels";

export type Palette = { bytes: readonly Rgb[]; nodes: readonly Rgb[]; muted: Rgb; unknown: Rgb };

/** The tokens as numbers, for what is painted and not styled; read again when the theme changes. undefined: not in a browser yet. */
export function usePalette(): Palette | undefined {
  const [palette, setPalette] = useState<Palette>();
  useEffect(() => {
    const read = () => setPalette(readPalette());
    read();
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", read);
    const observer = new MutationObserver(read);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    return () => {
      dark.removeEventListener("change", read);
      observer.disconnect();
    };
  }, []);
  return palette;
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => parseHex(style.getPropertyValue(name));
  return {
    bytes: [1, 2, 3, 4, 5, 6, 7].map((step) => token(`--by-${step}`)),
    nodes: [1, 2, 3, 4, 5, 6, 7, 8].map((node) => token(`--node-${node}`)),
    muted: token("--text-3"),
    unknown: token("--line-control"),
  };
}

/** Tokens are written as six hexadecimal digits; anything else would be a mistake there, and shows as grey. */
export function parseHex(text: string): Rgb {
  const match = /^\s*#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})\s*$/i.exec(text);
  const part = (position: number) => Number.parseInt(match?.[position] ?? "80", 16);
  return [part(1), part(2), part(3)];
}
