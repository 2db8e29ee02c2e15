import "server-only";
import { type CleanupRecord, DEBRIS_KINDS, type Debris, type DebrisKind } from "@/lib/domain/debris";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { listPrimaries } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/debris";

/** Of a record that waits for its drop after a success; in Citus' own numbers. */
const DEFERRED = 2;

/** What moves and splits have left, as Citus has it on record and as the nodes have it. */
export async function readDebris(target: Target): Promise<Debris> {
  const [records, answers] = await Promise.all([
    listCleanupRecords(target),
    listPrimaries(target).then((nodes) => askNodes(target, nodes, statements.ownLeftovers)),
  ]);
  return { records, answers };
}

/** True while nodes are silent: it asks the coordinator's catalog only. */
export async function listCleanupRecords(target: Target): Promise<CleanupRecord[]> {
  const rows = await run(target, statements.listRecords, undefined);
  return rows.map((row) => ({
    recordId: row.record_id,
    kind: kindOf(row.object_type),
    name: row.object_name,
    nodeId: row.nodeid,
    groupId: row.node_group_id,
    isDeferred: row.policy_type === DEFERRED,
  }));
}

/** Citus counts from 1. @throws AppError `unexpected_row` for a number that came with a later version */
function kindOf(objectType: number): DebrisKind {
  const kind = DEBRIS_KINDS[objectType - 1];
  if (!kind) throw new AppError("unexpected_row", `pg_dist_cleanup has the object type ${objectType}.`);
  return kind;
}
