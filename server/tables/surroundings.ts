import "server-only";
import type { Preflight, Surroundings } from "@/lib/domain/distribute-surroundings";
import { addressOf } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { isCoordinatorRegistered, listNodes } from "@/server/nodes/reads";
import { askNodes } from "@/server/pg/ask-nodes";
import { run } from "@/server/pg/run";
import { isThere, listColocationTargets, readDistributionSettings } from "@/server/sql/tables";
import { listColocationGroups } from "@/server/sql/topology";
import { readTable } from "./reads";

/** What the rest of the cluster has to say about changing a table's kind. Every node is asked whether it is there. */
export async function readSurroundings(target: Target): Promise<Surroundings> {
  const [[settings], targets, groups, nodes] = await Promise.all([
    run(target, readDistributionSettings, undefined),
    run(target, listColocationTargets, undefined),
    run(target, listColocationGroups, undefined),
    listNodes(target),
  ]);
  if (!settings) throw new AppError("unexpected_row", "tables.readSettings returned no row");
  const primaries = nodes.filter((node) => node.role === "primary" && node.isActive);
  const answers = await askNodes(target, primaries, isThere);
  const silent = new Set(answers.filter((answer) => !answer.ok).map((answer) => answer.nodeId));
  const names = shortNames(nodes);
  return {
    shardCount: settings.shard_count,
    replicationFactor: settings.replication_factor,
    unsafeTriggers: settings.unsafe_triggers,
    login: target.logins.ops.user,
    coordinatorRegistered: isCoordinatorRegistered(nodes),
    nodes: primaries.map((node) => ({
      name: names.get(node.id) ?? addressOf(node),
      mayHoldShards: node.mayHoldShards,
      silent: silent.has(node.id),
    })),
    targets: targets.map((row) => ({
      oid: row.oid,
      name: row.name,
      quotedName: row.quoted_name,
      column: row.column_name,
      plainType: row.plain_type,
      collation: row.collation,
      colocationId: row.colocationid,
    })),
    groups: groups.flatMap((row) =>
      row.column_type === null
        ? []
        : [
            {
              id: row.colocationid,
              shardCount: row.shardcount,
              replicationFactor: row.replicationfactor,
              plainType: row.column_type,
            },
          ],
    ),
  };
}

/** A table and all that may stand for or against changing its kind: the answer that a form draws from. */
export async function readPreflight(target: Target, oid: number): Promise<Preflight> {
  const [table, around] = await Promise.all([readTable(target, oid), readSurroundings(target)]);
  return { table, around };
}
