"use client";
import { usePathname, useSearchParams } from "next/navigation";
import { useCallback, useEffect, useRef, useState } from "react";

type Changes = Record<string, string | null>;

/**
 * The parameters of the address as state. A change is on screen at once and in the address a moment later, replaced and
 * not pushed: Back leads to the screen before, not to the filter before.
 *
 * The truth is kept here and not read back from the router, which answers late: a field bound to it would lose letters.
 */
export function useUrlParams(): [URLSearchParams, (changes: Changes) => void] {
  const arriving = useSearchParams().toString();
  const pathname = usePathname();
  const [text, setText] = useState(arriving);
  const ours = useRef(new Set([arriving]));
  const newest = useRef(arriving);

  useEffect(() => {
    if (arriving === newest.current) {
      ours.current = new Set([arriving]);
    } else if (!ours.current.has(arriving)) {
      // A link or Back brought this, not a change of ours that was on its way.
      newest.current = arriving;
      ours.current = new Set([arriving]);
      setText(arriving);
    }
  }, [arriving]);

  useEffect(() => {
    if (text === newest.current) return;
    newest.current = text;
    ours.current.add(text);
    window.history.replaceState(null, "", text === "" ? pathname : `${pathname}?${text}`);
  }, [text, pathname]);

  const change = useCallback((changes: Changes) => {
    setText((current) => {
      const next = new URLSearchParams(current);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      return next.toString();
    });
  }, []);
  return [new URLSearchParams(text), change];
}
