"use client";
import { useEffect, useRef } from "react";
import { usePresent } from "@/components/live/past";
import { problemOf } from "@/components/ui/query-state";
import type { ClusterId } from "@/lib/domain/cluster";
import { type ClusterPicture, tableName } from "@/lib/domain/cluster-picture";
import type { FoundKey } from "@/lib/domain/shard";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import type { ShardView } from "@/lib/domain/shard-view";
import type { Problem } from "@/lib/errors";
import { useFindKey } from "@/lib/queries/shards";

export type KeySearch = {
  /** The group in which the key lives, while what was asked last is what is shown. */
  found: { group: ShardGroup; key: FoundKey; tip: string; answer: string; sentence: string } | null;
  isPending: boolean;
  problem: Problem | null;
  find: (table: { oid: number; name: string }, value: string) => void;
  clear: () => void;
};

/** Find key. An address that names a table and a value is looked up once, so that a link leads to the same block. */
export function useKeySearch(
  clusterId: ClusterId,
  picture: ClusterPicture,
  view: Pick<ShardView, "table" | "key">,
  onChange: (changes: Partial<ShardView>) => void,
): KeySearch {
  const search = useFindKey(clusterId);
  const asked = useRef(false);
  const isPresent = usePresent().allowed;
  const find: KeySearch["find"] = (table, value) => {
    asked.current = true;
    onChange({ table: table.name, key: value });
    search.mutate(
      { tableOid: table.oid, value },
      { onSuccess: (key) => onChange({ group: picture.groupOfShard.get(key.shardId)?.id ?? null }) },
    );
  };
  const named = picture.topology.tables.find((table) => tableName(picture, table.oid) === view.table);
  useEffect(() => {
    if (asked.current || !isPresent || !named || view.key === null) return;
    asked.current = true;
    search.mutate({ tableOid: named.oid, value: view.key });
  }, [named, isPresent, view.key, search.mutate]);
  return {
    found: search.data && view.key !== null ? whereIs(picture, search.data) : null,
    isPending: search.isPending,
    problem: search.error ? problemOf(search.error) : null,
    find,
    clear: () => {
      search.reset();
      if (view.key !== null) onChange({ table: null, key: null });
    },
  };
}

function whereIs(picture: ClusterPicture, key: FoundKey): KeySearch["found"] {
  const group = picture.groupOfShard.get(key.shardId);
  if (!group) return null;
  const table = tableName(picture, key.tableOid);
  const nodes = picture.primaries.filter((node) => key.groupIds.includes(node.groupId));
  const where = nodes.map((node) => picture.names.get(node.id)).join(", ");
  return {
    group,
    key,
    tip: `${key.column} ${key.value} is here`,
    answer: `shard ${key.shardId} on ${where}`,
    sentence: `${table}.${key.column} ${key.value} is in shard ${table}_${key.shardId} on ${where}.`,
  };
}
