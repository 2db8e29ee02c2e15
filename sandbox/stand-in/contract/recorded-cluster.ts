import { recordedSizes } from "./recordings.ts";

/** The cluster the plans were recorded on: shards stood round robin on three workers, and a fourth had just been added. */
const WORKERS = [
  { nodeid: 2, port: 55165 },
  { nodeid: 3, port: 55166 },
  { nodeid: 4, port: 55167 },
];
const SPARE = { nodeid: 7, port: 55179 };
const COORDINATOR = { nodeid: 1, port: 55164 };
export const RECORDED_PORTS = new Map([COORDINATOR, ...WORKERS, SPARE].map(({ nodeid, port }) => [nodeid, port]));

/** First shard of each table of a colocation group, and how many shards each has. */
const GROUPS = [
  { tables: ["customers", "orders", "order_items"], first: [102008, 102040, 102072], count: 32 },
  { tables: ["events"], first: [102105], count: 16 },
  { tables: ["no_pk", "t_alt"], first: [102121, 102262], count: 8 },
];

/** 100 MiB for every group of shards, however small. */
const BASE_COST = 104_857_600;

export type PlanInput = { nodes: string; shards: string };

/** The two arrays that citus_internal.plan_moves takes, written as SQL. */
export function planInput(by: "size" | "count", onlyTable?: string): PlanInput {
  const sizes = recordedSizes();
  const nodes = [COORDINATOR, ...WORKERS, SPARE].map(({ nodeid, port }) => {
    const may = nodeid !== COORDINATOR.nodeid;
    return `(${nodeid}, '127.0.0.1', ${port}, ${may ? 1 : 0}, ${may})`;
  });
  const groups = GROUPS.filter(({ tables }) => onlyTable === undefined || tables.includes(onlyTable));
  const shards = groups.flatMap((group, position) => {
    // A group that nothing measured counts as the smallest that was: the plan did not choose it.
    const known = members(group).map((ids) => bytesOf(ids, sizes));
    const least = Math.min(...known.filter((bytes) => bytes !== null));
    return members(group).map((ids, index) => {
      const cost = by === "count" ? 1 : BASE_COST + (known[index] ?? least);
      return `(${position + 1}, ${ids[0]}, ${WORKERS[index % WORKERS.length]?.nodeid}, ${cost})`;
    });
  });
  return {
    nodes: `array[${nodes.join(", ")}]::citus_internal.plan_node[]`,
    shards: `array[${shards.join(", ")}]::citus_internal.plan_shard[]`,
  };
}

function members({ first, count }: (typeof GROUPS)[number]): number[][] {
  return Array.from({ length: count }, (_, index) => first.map((shardId) => shardId + index));
}

function bytesOf(shardIds: number[], sizes: ReadonlyMap<number, number>): number | null {
  const bytes = shardIds.map((id) => sizes.get(id));
  return bytes.every((size) => size !== undefined) ? bytes.reduce((sum, size) => sum + size, 0) : null;
}

/** The shards that move with one shard, with their tables. */
export function colocatedWith(shardId: number): { table_name: string; shardid: number }[] {
  for (const group of GROUPS) {
    const index = shardId - (group.first[0] ?? 0);
    if (index >= 0 && index < group.count)
      return group.tables.map((table, at) => ({ table_name: table, shardid: (group.first[at] ?? 0) + index }));
  }
  return [];
}
