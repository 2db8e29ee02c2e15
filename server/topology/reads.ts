import "server-only";
import type { ShardColumns } from "@/lib/domain/shard-columns";
import type { CitusTable, ColocationGroup, TableKind, Topology } from "@/lib/domain/topology";
import { AppError, isAppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/topology";
import { columnsOf } from "./columns";

/** What is where, from the coordinator's catalogs: true while workers are down. */
export async function readTopology(target: Target): Promise<Topology> {
  const [tables, { shards }] = await Promise.all([readTables(target), readShards(target)]);
  return { ...tables, shards };
}

/** The part that is small: tables and colocation groups. */
export async function readTables(target: Target): Promise<Pick<Topology, "tables" | "colocationGroups">> {
  const [tables, colocationGroups] = await Promise.all([listTables(target), listColocationGroups(target)]);
  return { tables, colocationGroups };
}

export async function listTables(target: Target): Promise<CitusTable[]> {
  const [rows, schemaGroups] = await Promise.all([
    run(target, statements.listTables, undefined),
    schemaGroupIds(target),
  ]);
  return rows.map((row) => ({
    oid: row.oid,
    schema: row.schema,
    name: row.name,
    kind: kindOf(row.partmethod, row.repmodel, row.colocationid, schemaGroups),
    distributionColumn: row.distribution_column,
    colocationId: row.colocationid,
    owner: row.owner,
    accessMethod: row.access_method,
    replicaIdentity: row.replica_identity,
    isPartitioned: row.is_partitioned,
    partitionOf: row.partition_of,
  }));
}

/** partmethod n covers four kinds of table: reference (two-phase replication), of a distributed schema, single-shard, and local in metadata. */
function kindOf(
  partmethod: string,
  repmodel: string,
  colocationId: number,
  schemaGroups: ReadonlySet<number>,
): TableKind {
  if (partmethod !== "n") return "distributed";
  if (repmodel === "t") return "reference";
  if (schemaGroups.has(colocationId)) return "schema";
  return colocationId === 0 ? "local" : "single-shard";
}

async function schemaGroupIds(target: Target): Promise<Set<number>> {
  try {
    return new Set((await run(target, statements.listSchemaGroups, undefined)).map((row) => row.colocationid));
  } catch (cause) {
    if (isAppError(cause) && cause.code === "capability_missing") return new Set(); // before 12.0 no schema is distributed
    throw cause;
  }
}

async function listColocationGroups(target: Target): Promise<ColocationGroup[]> {
  const rows = await run(target, statements.listColocationGroups, undefined);
  return rows.map((row) => ({
    id: row.colocationid,
    shardCount: row.shardcount,
    replicationFactor: row.replicationfactor,
    distributionColumnType: row.column_type,
  }));
}

/** Every shard with its placements, and the sum of these at the same moment. */
export async function readShards(target: Target): Promise<{ shards: ShardColumns; sum: number }> {
  const [row] = await run(target, statements.readShards, undefined);
  if (!row) throw new AppError("unexpected_row", "topology.readShards: no row.");
  return { shards: columnsOf(row), sum: row.sum };
}
