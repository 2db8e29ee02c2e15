"use client";
import { useCallback, useMemo } from "react";
import { useUrlParams } from "@/components/ui/use-url-params";
import { type ActivityView, readActivityView, writeActivityView } from "@/lib/domain/activity-view";

export type ChangeView = (changes: Partial<ActivityView>) => void;

/** What the reader chose, kept in the address. */
export function useActivityView(): [ActivityView, ChangeView] {
  const [params, change] = useUrlParams();
  const text = params.toString();
  const view = useMemo(() => readActivityView(new URLSearchParams(text)), [text]);
  return [view, useCallback((changes) => change(writeActivityView(changes)), [change])];
}
