"use client";
import { useMutation } from "@tanstack/react-query";
import { unwrap } from "@/lib/action-result";
import type { ClusterId } from "@/lib/domain/cluster";
import type { ExactShardsOf } from "@/lib/domain/shard";
import { exactShards, findKey } from "@/server/actions/shards";

/** Asks where a key lives. Asked by hand, never again by itself. */
export function useFindKey(clusterId: ClusterId) {
  return useMutation({
    mutationFn: (key: { tableOid: number; value: string }) => unwrap(findKey({ clusterId, ...key })),
  });
}

/** Has Citus measure one table or one node now. */
export function useExactShards(clusterId: ClusterId) {
  return useMutation({ mutationFn: (of: ExactShardsOf) => unwrap(exactShards({ clusterId, of })) });
}
