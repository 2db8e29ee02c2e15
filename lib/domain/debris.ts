import { z } from "zod";
import { countOf } from "../format/count";
import { clusterIdSchema } from "./cluster";
import { fromNodeSchema } from "./from-node";
import type { NodeId } from "./node";
import { nodeIdSchema } from "./node";

/** What a move or a split makes on nodes, in Citus' own numbers. */
export const DEBRIS_KINDS = ["shard", "subscription", "slot", "publication", "role", "database"] as const;
export type DebrisKind = (typeof DEBRIS_KINDS)[number];

/** One row of pg_dist_cleanup: something that Citus made and has to remove. */
export const cleanupRecordSchema = z.object({
  recordId: z.number(),
  kind: z.enum(DEBRIS_KINDS),
  name: z.string(),
  /** null: no node of the cluster has that group any more, so Citus never removes it. */
  nodeId: nodeIdSchema.nullable(),
  groupId: z.int(),
  /** Removed after a success, when nobody reads it any more; otherwise it belongs to an operation that runs or that failed. */
  isDeferred: z.boolean(),
});
export type CleanupRecord = z.infer<typeof cleanupRecordSchema>;

/** What a node has of moves and splits, whatever Citus has on record. */
export const leftOnNodeSchema = z.object({
  slots: z.array(z.object({ name: z.string(), active: z.boolean(), retainedBytes: z.number().nullable() })),
  subscriptions: z.array(z.string()),
  publications: z.array(z.string()),
  /** Tables that are copies of a shard, quoted, and that no placement puts on this node. */
  shards: z.array(z.string()),
});

/** The topic `debris`. */
export const debrisSchema = z.object({
  records: z.array(cleanupRecordSchema),
  answers: z.array(fromNodeSchema(leftOnNodeSchema)),
});
export type Debris = z.infer<typeof debrisSchema>;

export const debrisCleanInput = z.object({ clusterId: clusterIdSchema });
export type DebrisCleanInput = z.infer<typeof debrisCleanInput>;

/** Something that is left over, and what becomes of it. */
export type Leftover = {
  kind: DebrisKind;
  name: string;
  nodeId: NodeId | null;
  groupId: number | null;
  /** By its record; null: Citus has it nowhere on record. */
  recordId: number | null;
  retainedBytes: number | null;
  /** queued: Citus removes it. lost: its node is gone. unknown: Citus does not know of it, so a person has to remove it. */
  fate: "queued" | "lost" | "unknown";
};

const keyOf = (kind: DebrisKind, nodeId: NodeId | null, name: string) => JSON.stringify([kind, nodeId, name]);

/**
 * What is left over of moves and splits. While shards move what a move has made is its own, so nothing is said of it; what waits for
 * its deferred drop after a success is no debris either.
 */
export function leftoversOf({ records, answers }: Debris, isMoving: boolean): Leftover[] {
  const lost = records.filter((record) => record.nodeId === null).map((record) => recorded(record, "lost"));
  if (isMoving) return lost;
  const queued = records
    .filter((record) => record.nodeId !== null && !record.isDeferred)
    .map((record) => recorded(record, "queued"));
  const known = new Set(records.map(({ kind, nodeId, name }) => keyOf(kind, nodeId, name)));
  const unknown = answers
    .flatMap((answer) => (answer.ok ? foundOn(answer.nodeId, answer.value) : []))
    .filter((one) => !known.has(keyOf(one.kind, one.nodeId, one.name)));
  return [...queued, ...lost, ...unknown];
}

function recorded(record: CleanupRecord, fate: "queued" | "lost"): Leftover {
  const { kind, name, nodeId, groupId, recordId } = record;
  return { kind, name, nodeId, groupId, recordId, fate, retainedBytes: null };
}

function foundOn(nodeId: NodeId, value: z.infer<typeof leftOnNodeSchema>): Leftover[] {
  const one = (kind: DebrisKind, name: string, retainedBytes: number | null = null): Leftover => {
    return { kind, name, nodeId, groupId: null, recordId: null, fate: "unknown", retainedBytes };
  };
  return [
    ...value.slots.map((slot) => one("slot", slot.name, slot.retainedBytes)),
    ...value.subscriptions.map((name) => one("subscription", name)),
    ...value.publications.map((name) => one("publication", name)),
    ...value.shards.map((name) => one("shard", name)),
  ];
}

/** "3 shards, 1 slot and 1 subscription" */
export function leftoverCounts(leftovers: readonly Pick<Leftover, "kind">[]): string {
  const parts = DEBRIS_KINDS.flatMap((kind) => {
    const count = leftovers.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [countOf(count, kind)];
  });
  const last = parts.pop() ?? "nothing";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** What a person does about it, and the statement for it where there is one. Nothing here is run by the console. */
export function nextStepFor({ kind, name, fate, recordId }: Leftover): { words: string; sql: string | null } {
  if (fate === "queued") return { words: "Citus tries to remove it by itself; Clean up does it now.", sql: null };
  if (fate === "lost")
    return {
      words:
        "Its node left the cluster, so Citus never removes it, and a move of the same shard fails while it is on record. Look that nothing of it is needed, then take it off the record as a superuser.",
      sql: `delete from pg_catalog.pg_dist_cleanup where record_id = ${recordId};`,
    };
  const byHand = "Citus has it nowhere on record. Look that no move uses it, then remove it on that node.";
  if (kind === "slot") return { words: byHand, sql: `select pg_catalog.pg_drop_replication_slot(${literal(name)});` };
  if (kind === "subscription") return { words: byHand, sql: `drop subscription ${quoted(name)};` };
  if (kind === "publication") return { words: byHand, sql: `drop publication ${quoted(name)};` };
  // The name comes quoted. Citus lets nobody drop what looks like a shard without being told.
  if (kind === "shard")
    return {
      words: `No placement puts this copy of a shard on this node, so no query reads it. ${byHand}`,
      sql: `set citus.enable_manual_changes_to_shards to on;\ndrop table ${name};`,
    };
  return { words: byHand, sql: null };
}
