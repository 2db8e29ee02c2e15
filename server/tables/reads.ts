import "server-only";
import type { CitusKind, ForeignKey, TableColumn, TableFacts, TableKey } from "@/lib/domain/table-facts";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import { listColumns } from "@/server/sql/table-columns";
import { listAttachments, listForeignKeys, listKeys } from "@/server/sql/table-keys";
import { listPlainTables, listRelations, measureRelations, type RelationRow } from "@/server/sql/table-relations";
import { listTables } from "@/server/topology/reads";

/** Every table that the coordinator keeps to itself, with all that may stand against distributing it. */
export async function readPlainTables(target: Target): Promise<TableFacts[]> {
  return withFacts(target, await run(target, listPlainTables, { login: target.logins.ops.user }));
}

/** The facts of relations by oid; one that is gone is left out. */
export async function readTables(target: Target, oids: readonly number[]): Promise<TableFacts[]> {
  if (oids.length === 0) return [];
  return withFacts(target, await run(target, listRelations, { login: target.logins.ops.user, oids }));
}

/** @throws AppError `not_found` when there is no relation with this oid: undistributing a table, for one, gives it a new one */
export async function readTable(target: Target, oid: number): Promise<TableFacts> {
  const [table] = await readTables(target, [oid]);
  if (!table) throw new AppError("not_found", `There is no table with the oid ${oid} any more.`);
  return table;
}

async function withFacts(target: Target, relations: readonly RelationRow[]): Promise<TableFacts[]> {
  if (relations.length === 0) return [];
  const kindOf = await kindsOf(target, relations);
  const oids = relations.map((relation) => relation.oid);
  const [columns, keys, foreignKeys, attachments, measures] = await Promise.all([
    run(target, listColumns, { oids }),
    run(target, listKeys, { oids }),
    run(target, listForeignKeys, { oids }),
    run(target, listAttachments, { oids }),
    run(target, measureRelations, { oids }),
  ]);
  const columnsOf = Map.groupBy(columns, (row) => row.oid);
  const keysOf = Map.groupBy(keys, (row) => row.oid);
  const foreignKeysOf = Map.groupBy(foreignKeys, (row) => row.oid);
  const attachmentsOf = Map.groupBy(attachments, (row) => row.oid);
  const measureOf = new Map(measures.map((row) => [row.oid, row]));
  return relations.map((relation) => {
    const { oid } = relation;
    const tied = foreignKeysOf.get(oid) ?? [];
    const attached = attachmentsOf.get(oid) ?? [];
    const named = (sort: string) => attached.filter((row) => row.sort === sort).map((row) => row.name);
    return factsOf(relation, {
      citusKind: kindOf(relation),
      columns: (columnsOf.get(oid) ?? []).map((row) => row.column),
      keys: (keysOf.get(oid) ?? []).map(({ oid: _, ...key }) => key),
      foreignKeys: tied.filter((row) => row.isOutgoing).map((row) => row.foreignKey),
      referencedBy: tied.filter((row) => !row.isOutgoing).map((row) => row.foreignKey),
      triggers: named("trigger"),
      subqueryPolicies: named("policy"),
      views: named("view"),
      measure: measureOf.get(oid),
    });
  });
}

/** Which single-shard tables belong to a distributed schema only the topology tells: older versions have no such relation. */
async function kindsOf(
  target: Target,
  relations: readonly RelationRow[],
): Promise<(relation: RelationRow) => CitusKind> {
  if (relations.every((relation) => relation.citus_kind !== "single-shard")) return (relation) => relation.citus_kind;
  const kinds = new Map((await listTables(target)).map((table) => [table.oid, table.kind]));
  return (relation) => kinds.get(relation.oid) ?? relation.citus_kind;
}

type Parts = {
  citusKind: CitusKind;
  columns: TableColumn[];
  keys: TableKey[];
  foreignKeys: ForeignKey[];
  referencedBy: ForeignKey[];
  triggers: string[];
  subqueryPolicies: string[];
  views: string[];
  measure:
    | {
        partitions: number;
        bytes: number | null;
        rows: number | null;
        sub_partitioned: string | null;
        foreign_partition: string | null;
      }
    | undefined;
};

function factsOf(relation: RelationRow, { measure, ...parts }: Parts): TableFacts {
  return {
    oid: relation.oid,
    schema: relation.schema,
    name: relation.name,
    quotedName: relation.quoted_name,
    owner: relation.owner,
    relationKind: relation.relation_kind,
    isTemporary: relation.is_temporary,
    isUnlogged: relation.is_unlogged,
    isSystem: relation.is_system,
    extension: relation.extension,
    isOwned: relation.is_owned,
    parent: relation.parent,
    hasInheritors: relation.has_inheritors,
    hasRowSecurity: relation.has_row_security,
    ...parts,
    partitionCount: measure?.partitions ?? 0,
    subPartitioned: measure?.sub_partitioned ?? null,
    foreignPartition: measure?.foreign_partition ?? null,
    rowEstimate: measure?.rows ?? null,
    bytes: measure?.bytes ?? null,
  };
}
