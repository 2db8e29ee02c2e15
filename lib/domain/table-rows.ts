import type { ClusterPicture } from "./cluster-picture";
import type { LocalTables } from "./local-table";
import { type CitusKind, fullName, type TableFacts } from "./table-facts";
import { measureTables, type TableMeasure } from "./table-measures";
import type { CitusTable } from "./topology";

/** One table on the screen, Citus' or plain. */
export type TableRow = {
  oid: number;
  schema: string;
  name: string;
  kind: CitusKind;
  distributionColumn: string | null;
  /** null: none. Only distributed, schema-sharded and single-shard tables lie in a group that moves. */
  colocationId: number | null;
  /** Other tables of the same colocation group. */
  mates: readonly string[];
  partitionCount: number;
  /** null: it has none, because it is plain. */
  shards: number | null;
  bytes: number | null;
  /** `bytes` is "at least". */
  isPartial: boolean;
  largestToMedian: number | null;
  rows: number | null;
  /** In mode auto it stops a whole rebalance. */
  lacksIdentity: boolean;
  replicaIdentity: CitusTable["replicaIdentity"] | null;
  owner: string;
  accessMethod: string | null;
  /** Rows from before it was distributed, on the coordinator. */
  leftoverBytes: number;
  measure: TableMeasure | null;
  /** Of plain tables: what may be done with them. */
  facts: TableFacts | null;
};

/**
 * All tables in one list; partitions are part of their parent. `local` null: not read yet. The measures take a pass over
 * every shard, so who draws again for other reasons hands them in.
 */
export function tableRows(
  picture: ClusterPicture,
  local: LocalTables | null,
  measures: ReadonlyMap<number, TableMeasure> = measureTables(picture),
): TableRow[] {
  const byParent = Map.groupBy(picture.topology.tables, (table) => table.partitionOf);
  const byColocation = Map.groupBy(
    picture.topology.tables.filter((table) => table.partitionOf === null),
    (table) => table.colocationId,
  );
  const rowsOf = new Map(local?.rows.map((row) => [row.oid, row.rows]));
  const leftoverOf = new Map(local?.leftovers.map((row) => [row.oid, row.bytes]));
  const sumOf = (of: ReadonlyMap<number, number | null>, members: readonly CitusTable[]) =>
    sum(members.filter((member) => !member.isPartitioned).map((member) => of.get(member.oid)));
  const citus = picture.topology.tables
    .filter((table) => table.partitionOf === null)
    .map((table) => {
      const partitions = byParent.get(table.oid) ?? [];
      const members = [table, ...partitions];
      const mates = (byColocation.get(table.colocationId) ?? []).filter((other) => other.oid !== table.oid);
      return {
        ...citusRow(table, measures.get(table.oid) ?? null),
        mates: isGrouped(table) ? mates.map(fullName) : [],
        partitionCount: partitions.length,
        rows: sumOf(rowsOf, members),
        leftoverBytes: members.reduce((bytes, member) => bytes + (leftoverOf.get(member.oid) ?? 0), 0),
        lacksIdentity: isGrouped(table) && members.some((one) => !one.isPartitioned && one.replicaIdentity === "none"),
      };
    });
  return [...citus, ...(local?.tables.map(plainRow) ?? [])];
}

/** null as soon as one part is unknown. */
function sum(parts: readonly (number | null | undefined)[]): number | null {
  let total = 0;
  for (const part of parts) {
    if (part === null || part === undefined) return null;
    total += part;
  }
  return total;
}

function isGrouped(table: CitusTable): boolean {
  return table.colocationId !== 0 && table.kind !== "reference" && table.kind !== "local";
}

function citusRow(table: CitusTable, measure: TableMeasure | null) {
  return {
    oid: table.oid,
    schema: table.schema,
    name: table.name,
    kind: table.kind,
    distributionColumn: table.distributionColumn,
    colocationId: isGrouped(table) ? table.colocationId : null,
    shards: measure?.shards ?? 0,
    bytes: measure ? measure.bytes : 0,
    isPartial: measure?.isPartial ?? false,
    largestToMedian: table.kind === "distributed" ? (measure?.largestToMedian ?? null) : null,
    replicaIdentity: table.replicaIdentity,
    owner: table.owner,
    accessMethod: table.accessMethod,
    measure,
    facts: null,
  };
}

function plainRow(table: TableFacts): TableRow {
  return {
    oid: table.oid,
    schema: table.schema,
    name: table.name,
    kind: "plain",
    distributionColumn: null,
    colocationId: null,
    mates: [],
    partitionCount: table.partitionCount,
    shards: null,
    bytes: table.bytes,
    isPartial: false,
    largestToMedian: null,
    rows: table.rowEstimate,
    lacksIdentity: false,
    replicaIdentity: null,
    owner: table.owner,
    accessMethod: null,
    leftoverBytes: 0,
    measure: null,
    facts: table,
  };
}
