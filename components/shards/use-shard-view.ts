"use client";
import { useCallback, useMemo } from "react";
import { useUrlParams } from "@/components/ui/use-url-params";
import { readShardView, type ShardView, writeShardView } from "@/lib/domain/shard-view";

/** What the reader chose, kept in the address. */
export function useShardView(): [ShardView, (changes: Partial<ShardView>) => void] {
  const [params, change] = useUrlParams();
  const text = params.toString();
  const view = useMemo(() => readShardView(new URLSearchParams(text)), [text]);
  return [view, useCallback((changes) => change(writeShardView(changes)), [change])];
}
