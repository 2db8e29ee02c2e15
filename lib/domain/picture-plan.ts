import { loadsOf, type NodeLoad } from "./balance";
import { type ClusterPicture, tableName } from "./cluster-picture";
import { addressOf, type ClusterNode } from "./node";
import type { PlanNode, PlannedMove, RebalancePlan } from "./rebalance";
import { isMovable, type ShardGroup } from "./shard-groups";
import { skewOf } from "./skew";
import { fullName } from "./table-facts";

/** One row of get_rebalance_table_shards_plan(): one of the colocated shards of a move. */
export type PlanRow = { shardId: number; source: string; target: string };

type Made = Pick<RebalancePlan, "strategy" | "drainOnly" | "notices" | "tookMs">;

/** Citus' plan in moves, with measured bytes and what each node holds before and after. */
export function rebalancePlanOf(rows: readonly PlanRow[], picture: ClusterPicture, made: Made): RebalancePlan {
  const steps = stepsOf(rows, picture);
  const before = loadsOf(picture);
  const after = loadsAfter(before, steps, picture);
  const moves = steps.map(({ move }) => move);
  return {
    ...made,
    moves,
    bytes: sumOf(moves.map((move) => move.bytes)),
    nodes: nodesOf(before, after),
    busiest: skewOf(before, "bytes").busiest?.above ?? null,
    busiestAfter: skewOf(after, "bytes").busiest?.above ?? null,
    tablesWithoutIdentity: tablesWithoutIdentity(moves, picture),
  };
}

type Step = { move: PlannedMove; group: ShardGroup | undefined; source: ClusterNode; target: ClusterNode };

/** Rows of the same shard group between the same two nodes are one move, in the order in which Citus would do them. */
function stepsOf(rows: readonly PlanRow[], picture: ClusterPicture): Step[] {
  const nodes = new Map(picture.primaries.map((node) => [addressOf(node), node]));
  const steps = new Map<string, Step>();
  for (const row of rows) {
    const [source, target] = [nodes.get(row.source), nodes.get(row.target)];
    if (!source || !target) continue; // gone since the plan was made: the next plan will not name it
    const group = picture.groupOfShard.get(row.shardId);
    const key = `${group?.id ?? row.shardId} ${source.id} ${target.id}`;
    const known = steps.get(key);
    if (known) known.move.shardIds.push(row.shardId);
    else steps.set(key, { move: moveOf(row, group, source, target, picture), group, source, target });
  }
  return [...steps.values()];
}

function moveOf(
  row: PlanRow,
  group: ShardGroup | undefined,
  source: ClusterNode,
  target: ClusterNode,
  picture: ClusterPicture,
): PlannedMove {
  return {
    shardIds: [row.shardId],
    tables: group ? group.tableOids.map((oid) => tableName(picture, oid)) : [],
    sourceNodeId: source.id,
    targetNodeId: target.id,
    bytes: group?.bytesByGroupId.get(source.groupId) ?? group?.bytes ?? null,
  };
}

/** What each node holds when all steps are done. */
function loadsAfter(before: readonly NodeLoad[], steps: readonly Step[], picture: ClusterPicture): NodeLoad[] {
  const loads = new Map(before.map((load) => [load.node.id, { ...load }]));
  for (const node of picture.primaries) {
    const counts = node.isActive && node.mayHoldShards;
    if (!loads.has(node.id)) loads.set(node.id, { node, counts, groups: 0, shards: 0, bytes: 0, isPartial: false });
  }
  for (const { move, source, target } of steps) {
    const bytes = move.bytes ?? 0;
    const from = loads.get(source.id);
    const to = loads.get(target.id);
    if (from) Object.assign(from, { groups: from.groups - 1, bytes: from.bytes - bytes });
    if (to)
      Object.assign(to, {
        groups: to.groups + 1,
        bytes: to.bytes + bytes,
        isPartial: to.isPartial || move.bytes === null,
      });
  }
  return [...loads.values()].filter(
    (load) => load.counts || load.groups > 0 || before.some((b) => b.node.id === load.node.id),
  );
}

function nodesOf(before: readonly NodeLoad[], after: readonly NodeLoad[]): PlanNode[] {
  const former = new Map(before.map((load) => [load.node.id, load]));
  return after.map((load) => {
    const was = former.get(load.node.id);
    return {
      nodeId: load.node.id,
      counts: load.counts,
      groups: was?.groups ?? 0,
      groupsAfter: load.groups,
      bytes: was ? known(was) : 0,
      bytesAfter: known(load),
    };
  });
}

const known = (load: NodeLoad) => (load.isPartial ? null : load.bytes);

function sumOf(values: readonly (number | null)[]): number | null {
  return values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}

/**
 * The tables because of which mode auto would refuse the whole start: those of a colocation group that moves which have
 * neither a primary key nor another replica identity. A partitioned parent holds no rows and is exempt.
 */
export function tablesWithoutIdentity(moves: readonly PlannedMove[], picture: ClusterPicture): string[] {
  const moving = moves.flatMap((move) => move.shardIds.flatMap((id) => picture.groupOfShard.get(id) ?? []));
  const colocationIds = new Set(moving.map((group) => group.colocationId));
  const oids = new Set(
    picture.groups
      .filter((group) => isMovable(group) && colocationIds.has(group.colocationId) && group.colocationId !== 0)
      .concat(moving)
      .flatMap((group) => group.tableOids),
  );
  return [...oids]
    .flatMap((oid) => picture.tables.get(oid) ?? [])
    .filter((table) => table.replicaIdentity === "none" && !table.isPartitioned)
    .map(fullName)
    .sort();
}
