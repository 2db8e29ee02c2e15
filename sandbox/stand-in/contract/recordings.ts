import { readFileSync } from "node:fs";
import { z } from "zod";

/** The recordings of a real Citus 13.2.2, as far as the contract compares with them. */
function recorded<T>(file: string, schema: z.ZodType<T>): T {
  return schema.parse(JSON.parse(readFileSync(new URL(`../../recordings/${file}`, import.meta.url), "utf8")));
}

const functionSchema = z.object({
  kind: z.string(),
  name: z.string(),
  arguments: z.string(),
  returns: z.string().nullable(),
  public_execute: z.boolean(),
});
const columnSchema = z.object({ name: z.string(), type: z.string() });
export type RecordedFunction = z.infer<typeof functionSchema>;

export const catalog = recorded(
  "catalog.json",
  z.object({
    functions: z.array(functionSchema),
    relations: z.record(z.string(), z.array(columnSchema)),
    settings: z.array(z.looseObject({ name: z.string() })),
  }),
);

const caseSchema = z.object({
  case: z.string(),
  sql: z.string(),
  ok: z.boolean(),
  result: z.string(),
  messages: z.array(z.string()),
});
export type RecordedCase = z.infer<typeof caseSchema>;

export const cases = recorded("errors.json", z.array(caseSchema));

const moveSchema = z.object({
  table_name: z.string(),
  shardid: z.int(),
  sourceport: z.int(),
  targetport: z.int(),
});
export const plans = recorded(
  "plans.json",
  z.record(z.enum(["default", "by_shard_count", "one_table"]), z.array(moveSchema)),
);

const progressSchema = z.object({ shardid: z.int(), operation_type: z.string(), source_shard_size: z.int() });
const timelineSchema = z.object({ timeline: z.array(z.object({ get_rebalance_progress: z.array(progressSchema) })) });

/** Bytes of shards when the plans were made, as far as anything recorded says: later moves measured them. */
export function recordedSizes(): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const file of ["rebalance_parallel.json", "drain_stop_finish_remove.json", "rebalance_run.json"]) {
    for (const moment of recorded(file, timelineSchema).timeline) {
      for (const shard of moment.get_rebalance_progress) {
        if (shard.operation_type === "move") sizes.set(shard.shardid, shard.source_shard_size);
      }
    }
  }
  return sizes;
}
