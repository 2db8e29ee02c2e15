import { z } from "zod";
import { ByteReader } from "./byte-reader";
import { ByteWriter } from "./byte-writer";
import { type Layout, layoutNodeSchema } from "./layout-history";
import { nodeIdSchema } from "./node";
import { readShards, writeShards } from "./shard-codec";
import { readNodeSizes, writeNodeSizes } from "./size-codec";
import type { NodeSizes } from "./sizes";
import { citusTableSchema, colocationGroupSchema } from "./topology";

/** What is known of a layout beside it. Times are epoch milliseconds by the console's clock. */
const aboutSchema = z.object({
  /** When the sizes were told; null: none are known. */
  measuredAt: z.number().nullable(),
  /** The last change before the moment that was asked for; null: none is on record. */
  changedAt: z.number().nullable(),
  /** Something changed between that moment and this one; whether before or after, nobody saw. */
  unsureUntil: z.number().nullable(),
});
export type AboutLayout = z.infer<typeof aboutSchema>;

/** A layout with the sizes of its shards, as each node that answered told them. */
export type KeptLayout = { layout: Layout; sizes: ReadonlyMap<number, NodeSizes>; about: AboutLayout };

const headSchema = z.object({
  nodes: z.array(layoutNodeSchema),
  tables: z.array(citusTableSchema),
  colocationGroups: z.array(colocationGroupSchema),
  measuredNodes: z.array(nodeIdSchema),
  about: aboutSchema,
});

/** What is in front: whoever changes how the rest is written keeps a way to read what was written before. */
const FORMAT = 1;

/** As it is kept and as it travels: the columns as the live topics write them. */
export function encodeLayout({ layout, sizes, about }: KeptLayout): Uint8Array<ArrayBuffer> {
  const { nodes, tables, colocationGroups, shards } = layout;
  const out = new ByteWriter();
  out.uint(FORMAT);
  out.json({ nodes, tables, colocationGroups, measuredNodes: [...sizes.keys()], about });
  writeShards(out, shards);
  for (const one of sizes.values()) writeNodeSizes(out, one);
  return out.bytes();
}

/**
 * @param parse how the text of the head becomes a value, which is where names from a database are made visible
 * @throws RangeError or ZodError where the bytes are not what `encodeLayout` made
 */
export function decodeLayout(bytes: Uint8Array, parse: (text: string) => unknown = JSON.parse): KeptLayout {
  const from = new ByteReader(bytes, parse);
  if (from.uint() !== FORMAT) throw new RangeError("a kept layout of another version of the console");
  const { measuredNodes, about, ...rest } = headSchema.parse(from.json());
  const layout = { ...rest, shards: readShards(from) };
  return { layout, sizes: new Map(measuredNodes.map((nodeId) => [nodeId, readNodeSizes(from)])), about };
}
