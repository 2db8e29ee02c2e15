import { z } from "zod";

/** A cluster as a file: what the planner needs to plan where no cluster is. docs/planner.md describes it. */

const whole = z.int({ error: "must be a whole number" });
const atLeastZero = z
  .number({ error: "must be a number" })
  .min(0, { error: (issue) => `must not be negative; it is ${issue.input}` });
const text = z.string({ error: "must be text" });
const flag = z.boolean({ error: "must be true or false" });
/** Numbers and texts name groups alike; 1 and "1" are two of them. */
const groupName = z.union([z.string(), z.number()], { error: "must be a number or text" });

const nodeSchema = z.object(
  {
    id: whole,
    host: text,
    port: whole.min(1, { error: "must be a port" }).max(65_535, { error: "must be a port" }),
    capacity: atLeastZero.nullish(),
    shouldHaveShards: flag.nullish(),
    disallowedShards: z.array(whole, { error: "must be a list of shard ids" }).nullish(),
  },
  { error: "must be an object" },
);

const shardSchema = z.object(
  {
    id: whole,
    colocationGroup: groupName.nullish(),
    shardGroup: groupName.nullish(),
    table: text.nullish(),
    bytes: atLeastZero.nullish(),
    cost: atLeastZero.nullish(),
    nodeId: whole,
  },
  { error: "must be an object" },
);

const snapshotSchema = z.object(
  {
    nodes: z.array(nodeSchema, { error: "must be a list" }),
    shards: z.array(shardSchema, { error: "must be a list" }),
  },
  { error: 'must be an object with "nodes" and "shards"' },
);

export type SnapshotNode = z.infer<typeof nodeSchema>;
export type SnapshotShard = z.infer<typeof shardSchema>;
export type ClusterSnapshot = z.infer<typeof snapshotSchema>;

/** A snapshot, or the first sentence about what is wrong with it, naming the field: "shards[3].bytes must not be negative; it is -1." */
export function parseSnapshot(value: unknown): { snapshot: ClusterSnapshot } | { wrong: string } {
  const parsed = snapshotSchema.safeParse(value);
  if (!parsed.success) return { wrong: issueSentence(parsed.error.issues[0], value) };
  const wrong = wrongNode(parsed.data) ?? wrongShard(parsed.data);
  return wrong === null ? { snapshot: parsed.data } : { wrong };
}

function issueSentence(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  const path = issue?.path ?? [];
  const name = path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : `${text && `${text}.`}${String(part)}`),
    "",
  );
  const found = path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | null)?.[part], value);
  const says = found === undefined && path.length > 0 ? `is missing: it ${issue?.message}` : issue?.message;
  return `${name || "The snapshot"} ${says}.`;
}

function wrongNode({ nodes }: ClusterSnapshot): string | null {
  const seen = new Map<number, number>();
  for (const [index, { id }] of nodes.entries()) {
    const before = seen.get(id);
    if (before !== undefined) return `nodes[${index}].id must be its own; nodes[${before}] has ${id} too.`;
    seen.set(id, index);
  }
  return null;
}

function wrongShard({ nodes, shards }: ClusterSnapshot): string | null {
  const nodeIds = new Set(nodes.map((node) => node.id));
  const first = new Map<number, { index: number; nodeIds: Set<number> }>();
  for (const [index, shard] of shards.entries()) {
    if (!nodeIds.has(shard.nodeId))
      return `shards[${index}].nodeId must be the id of a node; no node has ${shard.nodeId}.`;
    const known = first.get(shard.id);
    if (!known) {
      first.set(shard.id, { index, nodeIds: new Set([shard.nodeId]) });
      continue;
    }
    if (known.nodeIds.has(shard.nodeId)) {
      return `shards[${index}].id names a placement for the second time: shard ${shard.id} on node ${shard.nodeId}.`;
    }
    known.nodeIds.add(shard.nodeId);
    const other = shards[known.index];
    for (const field of ["colocationGroup", "shardGroup"] as const) {
      if ((other?.[field] ?? null) !== (shard[field] ?? null)) {
        return `shards[${index}].${field} must be the same for all placements of shard ${shard.id}; shards[${known.index}] has another.`;
      }
    }
  }
  return null;
}
