"use client";
import { useCallback } from "react";
import { useUrlParams } from "@/components/ui/use-url-params";

/** The moment at which the map is looked at, kept in the address; null: now. */
export function useMoment(): [number | null, (at: number | null) => void] {
  const [params, change] = useUrlParams();
  const text = params.get("at") ?? "";
  const at = /^\d{1,15}$/.test(text) ? Number(text) : null;
  return [at, useCallback((next) => change({ at: next === null ? null : String(Math.round(next)) }), [change])];
}
