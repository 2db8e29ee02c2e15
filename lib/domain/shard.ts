import { z } from "zod";
import { clusterIdSchema } from "./cluster";
import { nodeIdSchema } from "./node";

/** A question: in which shard does this value of the distribution column lie. The value travels as text, as it was typed. */
export const findKeyInput = z.object({
  clusterId: clusterIdSchema,
  tableOid: z.int().positive(),
  value: z.string().max(10_000, "A value of more than 10,000 characters is not looked up."),
});
export type FindKeyInput = z.infer<typeof findKeyInput>;

/** Where a key lives, as the coordinator said when it was asked. */
export type FoundKey = {
  tableOid: number;
  /** The distribution column and its type as PostgreSQL writes it. */
  column: string;
  columnType: string;
  value: string;
  shardId: number;
  /** Bounds of the shard's hash range; both included. */
  min: number;
  max: number;
  /** The node groups that hold a placement of it. */
  groupIds: number[];
};

/** One table or one node: what is to be measured by Citus itself. */
export const exactShardsInput = z.object({
  clusterId: clusterIdSchema,
  of: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("table"), tableOid: z.int().positive() }),
    z.object({ kind: z.literal("node"), nodeId: nodeIdSchema }),
  ]),
});
export type ExactShardsOf = z.infer<typeof exactShardsInput>["of"];

/** A placement as `citus_shards` lists it. `bytes` null: its node did not tell. */
type ExactShard = { shardId: number; tableOid: number; groupId: number; name: string; bytes: number | null };

/** What Citus measured when it was asked by hand. */
export type ExactShards = {
  of: ExactShardsOf;
  shards: ExactShard[];
  tookMs: number;
  /** Citus' own words about nodes and schemas that it had to leave out. */
  warnings: string[];
};
