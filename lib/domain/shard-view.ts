import { z } from "zod";

/** Everything that a reader can choose on the screen of shards: kept in the address, so that a link shows the same. */
const shardViewSchema = z.object({
  /** Words of which every one has to be found in a row. */
  filter: z.string().catch(""),
  /** The node group or column whose rows alone are listed. */
  node: z.coerce.number().int().nullable().catch(null),
  column: z.string().nullable().catch(null),
  rows: z.enum(["groups", "shards"]).catch("groups"),
  sort: z.enum(["id", "table", "node", "bytes", "median", "range"]).catch("bytes"),
  direction: z.enum(["ascending", "descending"]).catch("descending"),
  colour: z.enum(["bytes", "activity", "node"]).catch("bytes"),
  /** auto: blocks while they are few enough to be drawn one by one. */
  draw: z.enum(["auto", "blocks", "pixels"]).catch("auto"),
  /** On the canvas: how wide a cell is, in CSS pixels, and which place is in the middle (map-place.ts). null: all of it. */
  zoom: z.coerce.number().positive().max(200).nullable().catch(null),
  at: z.string().nullable().catch(null),
  /** The shard group whose panel is open. */
  group: z.coerce.number().int().positive().nullable().catch(null),
  /** Find key: the table, and the value as it was typed. */
  table: z.string().nullable().catch(null),
  key: z.string().nullable().catch(null),
});
export type ShardView = z.infer<typeof shardViewSchema>;

const NOTHING_CHOSEN: ShardView = {
  filter: "",
  node: null,
  column: null,
  rows: "groups",
  sort: "bytes",
  direction: "descending",
  colour: "bytes",
  draw: "auto",
  zoom: null,
  at: null,
  group: null,
  table: null,
  key: null,
};

/** Reads an address. What it does not name, or names wrongly, is as if nothing had been chosen. */
export function readShardView(params: URLSearchParams): ShardView {
  // A parameter that is missing must not be coerced: Number(null) is 0, which is a node.
  const named = Object.fromEntries([...params].filter(([name]) => name in NOTHING_CHOSEN));
  return shardViewSchema.parse({ ...NOTHING_CHOSEN, ...named });
}

/** As parameters of an address; null takes one away, so that what is usual is not spelled out. */
export function writeShardView(changes: Partial<ShardView>): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const isUsual = value === null || value === NOTHING_CHOSEN[name as keyof ShardView];
      return [name, isUsual ? null : String(value)];
    }),
  );
}
