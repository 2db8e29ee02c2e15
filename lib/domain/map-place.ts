import { z } from "zod";

/**
 * A point of the shard map that means the same in a window of any size: a shard group on a node, and how far from its corner,
 * in blocks.
 */
export type MapPlace = { nodeGroupId: number; groupId: number; dx: number; dy: number };

const textSchema = z
  .string()
  .regex(/^-?\d{1,10}:\d{1,19}:-?\d{1,7}(\.\d{1,4})?:-?\d{1,7}(\.\d{1,4})?$/)
  .transform((text) => text.split(":").map(Number) as [number, number, number, number])
  .transform(([nodeGroupId, groupId, dx, dy]): MapPlace => ({ nodeGroupId, groupId, dx, dy }));

/** Reads what `writeMapPlace` wrote; null: it is none. */
export function readMapPlace(text: string | null): MapPlace | null {
  return textSchema.nullable().catch(null).parse(text);
}

/** "3:102019:0.5:0.25" */
export function writeMapPlace({ nodeGroupId, groupId, dx, dy }: MapPlace): string {
  const short = (part: number) => String(Number(part.toFixed(3)));
  return [nodeGroupId, groupId, short(dx), short(dy)].join(":");
}
