"use client";
import { useEffect, useState } from "react";
import { type Palette, paletteOf } from "./palette";

/** The tokens as numbers, for what is painted and not styled; read again when the theme changes. undefined: not in a browser yet. */
export function usePalette(): Palette | undefined {
  const [palette, setPalette] = useState<Palette>();
  useEffect(() => {
    const read = () => {
      const style = getComputedStyle(document.documentElement);
      setPalette(paletteOf((name) => style.getPropertyValue(name)));
    };
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
