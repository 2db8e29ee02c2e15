import type { Surroundings } from "../domain/distribute-surroundings";
import type { ForeignKey, TableColumn, TableFacts, TableKey } from "../domain/table-facts";

export function aColumn(name: string, over: Partial<TableColumn> = {}): TableColumn {
  const plainType = over.plainType ?? over.type ?? "bigint";
  return {
    name,
    type: plainType,
    plainType,
    isNotNull: true,
    isGenerated: false,
    isIdentity: false,
    isHashable: true,
    hasNegativeScale: false,
    collation: plainType === "text" ? "pg_catalog.default" : null,
    isDeterministic: true,
    sequenceCount: 0,
    sequenceClash: null,
    ...over,
  };
}

export function aKey(name: string, columns: string[], over: Partial<TableKey> = {}): TableKey {
  return { name, kind: "unique", columns, covers: columns, includes: [], ...over };
}

export function aForeignKey(name: string, over: Partial<ForeignKey> = {}): ForeignKey {
  return {
    name,
    columns: ["r"],
    otherOid: 900,
    otherName: "public.r",
    otherKind: "plain",
    otherColocationId: 0,
    otherDistributionColumn: null,
    otherColumns: ["id"],
    onDelete: "no action",
    onUpdate: "no action",
    ...over,
  };
}

/** public.t with the columns k (bigint, its primary key) and note; 100 rows, 64 kB. */
export function aPlainTable(over: Partial<TableFacts> = {}): TableFacts {
  return {
    oid: 500,
    schema: "public",
    name: "t",
    quotedName: "public.t",
    owner: "app",
    relationKind: "table",
    citusKind: "plain",
    isTemporary: false,
    isUnlogged: false,
    isSystem: false,
    extension: null,
    isOwned: true,
    parent: null,
    hasInheritors: false,
    partitionCount: 0,
    subPartitioned: null,
    foreignPartition: null,
    columns: [aColumn("k"), aColumn("note", { plainType: "text", isNotNull: false })],
    keys: [aKey("t_pkey", ["k"], { kind: "primary" })],
    foreignKeys: [],
    referencedBy: [],
    triggers: [],
    hasRowSecurity: false,
    subqueryPolicies: [],
    views: [],
    rowEstimate: 100,
    bytes: 65_536,
    ...over,
  };
}

/** Three workers, customers and orders by bigint in group 2 (32 shards), names by text in group 3. */
export function someSurroundings(over: Partial<Surroundings> = {}): Surroundings {
  return {
    shardCount: 32,
    replicationFactor: 1,
    unsafeTriggers: false,
    login: "dba",
    coordinatorRegistered: true,
    nodes: [
      { name: ":55164", mayHoldShards: false, silent: false },
      ...[":55165", ":55166", ":55167"].map((name) => ({ name, mayHoldShards: true, silent: false })),
    ],
    targets: [
      target(1, "public.customers", "customer_id", "bigint", 2),
      target(2, "public.orders", "customer_id", "bigint", 2),
      target(3, "public.names", "name", "text", 3),
    ],
    groups: [
      { id: 3, shardCount: 32, replicationFactor: 1, plainType: "text" },
      { id: 4, shardCount: 32, replicationFactor: 1, plainType: "bigint" },
      { id: 2, shardCount: 32, replicationFactor: 1, plainType: "bigint" },
    ],
    ...over,
  };
}

function target(oid: number, name: string, column: string, plainType: string, colocationId: number) {
  const collation = plainType === "text" ? "pg_catalog.default" : null;
  return { oid, name, quotedName: name, column, plainType, collation, colocationId };
}
