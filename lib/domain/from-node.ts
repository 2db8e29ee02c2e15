import { z } from "zod";
import { problemSchema } from "../errors";
import { nodeIdSchema } from "./node";

/** How a node was asked: straight at its address, or through the coordinator's run_command_on_all_nodes. */
export const askedBySchema = z.enum(["direct", "coordinator"]);

/** One answer per node asked, never fewer: a node that failed is an answer with a problem, not a missing one. */
export function fromNodeSchema<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("ok", [
    z.object({ nodeId: nodeIdSchema, ok: z.literal(true), by: askedBySchema, tookMs: z.number(), value }),
    z.object({ nodeId: nodeIdSchema, ok: z.literal(false), problem: problemSchema, tookMs: z.number() }),
  ]);
}

type Answered<T> = {
  nodeId: z.infer<typeof nodeIdSchema>;
  ok: true;
  by: "direct" | "coordinator";
  tookMs: number;
  value: T;
};
type Failed = {
  nodeId: z.infer<typeof nodeIdSchema>;
  ok: false;
  problem: z.infer<typeof problemSchema>;
  tookMs: number;
};
export type FromNode<T> = Answered<T> | Failed;
