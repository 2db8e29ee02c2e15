import type { ShardGroup } from "@/lib/domain/shard-groups";
import { formatBytes } from "@/lib/format/bytes";

type Said = {
  group: ShardGroup;
  /** ":55167" */
  node: string;
  bytes: number | null;
  /** Why the size is not known. */
  unknown: string;
  isLargest: boolean;
  isFound: boolean;
  leavingFor: string | null;
};

/** A block as a screen reader hears it: "group 102019, :55167, 9.6 MB, largest". */
export function spoken({ group, node, bytes, unknown, isLargest, isFound, leavingFor }: Said): string {
  const size = bytes === null ? `size unknown: ${unknown}` : formatBytes(bytes);
  const parts = [`group ${group.id}`, node, size];
  if (isLargest) parts.push("largest");
  if (isFound) parts.push("found");
  if (leavingFor !== null) parts.push(`leaving for ${leavingFor}`);
  return parts.join(", ");
}
