import { type ClusterPicture, clusterPicture } from "@/lib/domain/cluster-picture";
import type { PlanRow } from "@/lib/domain/picture-plan";
import { aTable, aTopology, aWorker, hashShards, someSizes } from "./layout";

/** What get_rebalance_table_shards_plan() of a real Citus 13.2.2 said after a fourth worker was added: table, shard, source port, target port. */
const ROWS: readonly (readonly [table: string, shardId: number, source: number, target: number])[] = [
  ["customers", 102029, 55165, 55179],
  ["orders", 102061, 55165, 55179],
  ["order_items", 102093, 55165, 55179],
  ["customers", 102030, 55166, 55179],
  ["orders", 102062, 55166, 55179],
  ["order_items", 102094, 55166, 55179],
  ["customers", 102023, 55165, 55179],
  ["orders", 102055, 55165, 55179],
  ["order_items", 102087, 55165, 55179],
  ["customers", 102022, 55167, 55179],
  ["orders", 102054, 55167, 55179],
  ["order_items", 102086, 55167, 55179],
  ["customers", 102024, 55166, 55179],
  ["orders", 102056, 55166, 55179],
  ["order_items", 102088, 55166, 55179],
  ["customers", 102035, 55165, 55179],
  ["orders", 102067, 55165, 55179],
  ["order_items", 102099, 55165, 55179],
  ["customers", 102034, 55167, 55179],
  ["orders", 102066, 55167, 55179],
  ["order_items", 102098, 55167, 55179],
  ["customers", 102036, 55166, 55179],
  ["orders", 102068, 55166, 55179],
  ["order_items", 102100, 55166, 55179],
  ["events", 102111, 55165, 55179],
  ["events", 102115, 55166, 55179],
  ["events", 102110, 55167, 55179],
  ["events", 102120, 55165, 55179],
  ["no_pk", 102122, 55166, 55179],
  ["t_alt", 102263, 55166, 55179],
  ["no_pk", 102121, 55165, 55179],
  ["t_alt", 102262, 55165, 55179],
];

export const RECORDED_PLAN: readonly PlanRow[] = ROWS.map(([, shardId, source, target]) => ({
  shardId,
  source: `127.0.0.1:${source}`,
  target: `127.0.0.1:${target}`,
}));

const COORDINATOR = aWorker(0);
const WORKERS = [1, 2, 3].map((groupId) => aWorker(groupId));
const NEW_WORKER = aWorker(4, { port: 55179 });

const TABLES = [
  { table: aTable(1, "customers"), firstId: 102008, shards: 32, bytes: 81_920 },
  { table: aTable(2, "orders"), firstId: 102040, shards: 32, bytes: 7_500_000 },
  { table: aTable(3, "order_items"), firstId: 102072, shards: 32, bytes: 1_310_720 },
  { table: aTable(4, "events", { colocationId: 2 }), firstId: 102105, shards: 16, bytes: 2_048_000 },
  { table: aTable(5, "no_pk", { colocationId: 3, replicaIdentity: "none" }), firstId: 102121, shards: 4, bytes: 8_192 },
  { table: aTable(6, "t_alt", { colocationId: 3, replicaIdentity: "none" }), firstId: 102262, shards: 4, bytes: 8_192 },
] as const;

/** The cluster that was planned for: what the plan moves lies at its sources, the rest is spread over the three old workers. */
export function recordedCluster({ silent = [] as readonly number[] } = {}): ClusterPicture {
  const sources = new Map(ROWS.map(([, shardId, source]) => [shardId, source - 55164]));
  const shards = TABLES.flatMap(({ table, firstId, shards: count }) =>
    hashShards(table, firstId, count, (index) => sources.get(firstId + index) ?? 1 + (index % 3)),
  );
  const topology = aTopology(
    TABLES.map(({ table }) => table),
    shards,
  );
  const nodes = [COORDINATOR, ...WORKERS, NEW_WORKER];
  const bytesOf = (tableOid: number) => TABLES.find(({ table }) => table.oid === tableOid)?.bytes ?? 0;
  const silentNodes = nodes.filter((node) => silent.includes(node.groupId));
  return clusterPicture(
    nodes,
    topology,
    someSizes(nodes, topology, (shard) => bytesOf(shard.tableOid), silentNodes),
  );
}
