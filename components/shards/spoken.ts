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
  /** "customer_id 48213 is here"; null: nothing was looked for, or it is elsewhere. */
  found: string | null;
  leavingFor: string | null;
  /** "12 reads/s, 3.4 rows written/s"; null: the map is not coloured by it. */
  rate: string | null;
};

/** A block as a screen reader hears it: "group 102019, :55167, 9.6 MB, largest". */
export function spoken({ group, node, bytes, unknown, isLargest, found, leavingFor, rate }: Said): string {
  const size = bytes === null ? `size unknown: ${unknown}` : formatBytes(bytes);
  const parts = [`group ${group.id}`, node, size];
  if (rate !== null) parts.push(rate);
  if (isLargest) parts.push("largest");
  if (found !== null) parts.push(`found: ${found}`);
  if (leavingFor !== null) parts.push(`leaving for ${leavingFor}`);
  return parts.join(", ");
}
