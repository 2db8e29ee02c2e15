import { z } from "zod";
import type { Layout, LayoutChange, LayoutNode, ShardChange } from "./layout-history";
import { addressOf } from "./node";
import { indexOfShard } from "./shard-columns";
import type { NodeSizes } from "./sizes";
import { fullName } from "./table-facts";
import type { CitusTable } from "./topology";

/**
 * moved: it left nodes and arrived at others. copied: it arrived and left none. dropped: a copy is gone and others stay. made and
 * gone: shards of a table that stayed (a split). The rest is said of tables and nodes as a whole.
 */
const eventKindSchema = z.enum([
  "moved",
  "copied",
  "dropped",
  "made",
  "gone",
  "table-made",
  "table-gone",
  "node-joined",
  "node-left",
]);
export type LayoutEventKind = z.infer<typeof eventKindSchema>;

/** One thing that happened to a layout. */
export const layoutEventSchema = z.object({
  kind: eventKindSchema,
  /** The lowest shard of a group, the oid of a table, the id of a node. */
  id: z.number(),
  /** The tables of the group, the table, or the address of the node. */
  names: z.array(z.string()),
  shards: z.int(),
  /** Addresses of nodes. */
  from: z.array(z.string()),
  to: z.array(z.string()),
  /** Of one copy, as far as it was known then; null: it was not. */
  bytes: z.number().nullable(),
});
export type LayoutEvent = z.infer<typeof layoutEventSchema>;

/** What a change means, shard group by shard group. `sizes` are those of that time, by node. */
export function eventsOf(
  before: Layout,
  after: Layout,
  change: LayoutChange,
  sizes: ReadonlyMap<number, NodeSizes>,
): LayoutEvent[] {
  const old = new Map(before.tables.map((table) => [table.oid, table]));
  const tables = new Map(after.tables.map((table) => [table.oid, table]));
  const byGroup = Map.groupBy(change.shards, (shard) => {
    const table = tables.get(shard.tableOid) ?? old.get(shard.tableOid);
    const isWhole = !tables.has(shard.tableOid) || !old.has(shard.tableOid);
    return isWhole ? `table ${shard.tableOid}` : `${groupKey(shard, table)} ${shard.from} ${shard.to}`;
  });
  const nameOf = (group: number) => placeName(after.nodes, group) ?? placeName(before.nodes, group) ?? `group ${group}`;
  return [
    ...nodeEvents(before.nodes, after.nodes),
    ...[...byGroup.values()].map((shards): LayoutEvent => {
      const [first] = shards;
      const names = shards.map(({ tableOid }) => tables.get(tableOid) ?? old.get(tableOid));
      const { from, to } = wayOf(shards);
      return {
        kind: kindOf(
          shards,
          (oid) => old.has(oid),
          (oid) => tables.has(oid),
        ),
        id: first?.id ?? 0,
        names: [...new Set(names.map((table) => (table ? fullName(table) : `table ${first?.tableOid}`)))],
        shards: shards.length,
        from: from.map(nameOf),
        to: to.map(nameOf),
        bytes: bytesOf(shards, sizes),
      };
    }),
  ];
}

/** Shards of one group move together. */
function groupKey(shard: ShardChange, table: CitusTable | undefined): string {
  if (!table || table.colocationId === 0) return `shard ${shard.id}`;
  return `${table.kind} ${table.colocationId} ${shard.min} ${shard.max}`;
}

/** All of a group go the same way; those of a whole table each their own. */
function wayOf(shards: readonly ShardChange[]): { from: number[]; to: number[] } {
  const [from, to] = [new Set<number>(), new Set<number>()];
  for (const shard of shards) {
    for (const group of shard.from ?? []) if (!shard.to?.includes(group)) from.add(group);
    for (const group of shard.to ?? []) if (!shard.from?.includes(group)) to.add(group);
  }
  const sorted = (groups: Set<number>) => [...groups].sort((a, b) => a - b);
  return { from: sorted(from), to: sorted(to) };
}

function kindOf(
  shards: readonly ShardChange[],
  wasThere: (oid: number) => boolean,
  isThere: (oid: number) => boolean,
): LayoutEventKind {
  const [first] = shards;
  if (!first) return "moved";
  if (!isThere(first.tableOid)) return "table-gone";
  if (!wasThere(first.tableOid)) return "table-made";
  if (first.from === null) return "made";
  if (first.to === null) return "gone";
  const { from, to } = wayOf(shards);
  if (to.length === 0) return "dropped";
  return from.length === 0 ? "copied" : "moved";
}

function placeName(nodes: readonly LayoutNode[], groupId: number): string | null {
  const node = nodes.find((one) => one.groupId === groupId && one.role === "primary");
  return node ? addressOf(node) : null;
}

function nodeEvents(before: readonly LayoutNode[], after: readonly LayoutNode[]): LayoutEvent[] {
  const event = (kind: LayoutEventKind, node: LayoutNode): LayoutEvent => {
    const names = [addressOf(node)];
    return { kind, id: node.id, names, shards: 0, from: [], to: [], bytes: null };
  };
  return [
    ...after.filter(({ id }) => !before.some((one) => one.id === id)).map((node) => event("node-joined", node)),
    ...before.filter(({ id }) => !after.some((one) => one.id === id)).map((node) => event("node-left", node)),
  ];
}

/** The sum of one copy of each; null as soon as one is not known. */
function bytesOf(shards: readonly ShardChange[], sizes: ReadonlyMap<number, NodeSizes>): number | null {
  let sum = 0;
  for (const { id } of shards) {
    let largest: number | null = null;
    for (const { shardIds, bytes } of sizes.values()) {
      const place = indexOfShard({ ids: shardIds }, id);
      if (place >= 0) largest = Math.max(largest ?? 0, bytes[place] ?? 0);
    }
    if (largest === null) return null;
    sum += largest;
  }
  return sum;
}

/** What happened in one change, and when: after the first moment, at the latest at the second. */
export type DatedEvent = LayoutEvent & { after: number; at: number };

/** Answer to "what moved". */
export const movesSchema = z.object({
  /** Since when the layout is on record; null: it is not. */
  since: z.number().nullable(),
  /** Until when it is known. */
  until: z.number().nullable(),
  /** The newest first. */
  events: z.array(layoutEventSchema.extend({ after: z.number(), at: z.number() })),
  /** Older events in this time that are not listed, because they are too many. */
  leftOut: z.int(),
});
export type Moves = z.infer<typeof movesSchema>;

/** When something happened, without what. */
export const marksSchema = z.object({
  since: z.number().nullable(),
  until: z.number().nullable(),
  marks: z.array(z.object({ after: z.number(), at: z.number(), moved: z.int(), other: z.int() })),
});
export type LayoutMarks = z.infer<typeof marksSchema>;

const MOVES: readonly LayoutEventKind[] = ["moved", "copied", "dropped"];
export const isMove = ({ kind }: Pick<LayoutEvent, "kind">): boolean => MOVES.includes(kind);
