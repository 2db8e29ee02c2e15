import { type GroupColumns, groupColumns } from "./group-columns";
import type { ClusterNode, NodeId } from "./node";
import { shortNames } from "./node-names";
import { at } from "./shard-columns";
import { groupByShard, groupsOver, type ShardGroup } from "./shard-groups";
import { type PlacementSizes, placementSizes, type ShardSizes, shardSizesOf } from "./shard-sizes";
import type { Sizes } from "./sizes";
import { fullName } from "./table-facts";
import type { CitusTable, Topology } from "./topology";

/** Nodes, layout and sizes put together: what the screens about data draw from. */
export type ClusterPicture = {
  nodes: readonly ClusterNode[];
  /** One per node group, the coordinator first. A group whose primary is gone has none. */
  primaries: readonly ClusterNode[];
  /** The shortest name that tells a node from the others: ":55167". */
  names: ReadonlyMap<NodeId, string>;
  topology: Topology;
  tables: ReadonlyMap<number, CitusTable>;
  /** All of them, made when they are asked for; who wants one takes `groupAt`, who goes over all `groupColumns`. */
  readonly groups: readonly ShardGroup[];
  groupAt: (position: number) => ShardGroup;
  groupOfShard: Pick<ReadonlyMap<number, ShardGroup>, "get">;
  sizes: ShardSizes;
  /** The same numbers as columns, for what goes over all of them: sizes of the placements of `topology.shards`, and its groups. */
  placements: PlacementSizes;
  groupColumns: GroupColumns;
  /** Whether any node was asked for sizes yet. */
  isMeasured: boolean;
  /** Primaries that hold shards and did not say how large they are, though asked. */
  silent: readonly ClusterNode[];
  /** What each of the silent nodes' problems is, in the words of who asked. */
  silentBecause: ReadonlyMap<NodeId, string>;
};

/** The columns of a picture: all of it that takes time to make. */
export type PictureColumns = Pick<ClusterPicture, "placements" | "groupColumns">;

export function pictureColumns(
  nodes: readonly ClusterNode[],
  topology: Topology,
  measured: Sizes | null,
): PictureColumns {
  const placements = placementSizes(measured, nodes, topology.shards);
  return { placements, groupColumns: groupColumns(topology, placements) };
}

/** `made`: its columns, where they were made elsewhere. */
export function clusterPicture(
  nodes: readonly ClusterNode[],
  topology: Topology,
  measured: Sizes | null,
  made = pictureColumns(nodes, topology, measured),
): ClusterPicture {
  const { placements, groupColumns: columns } = made;
  const groups = groupsOver(topology.shards, columns);
  const primaries = nodes.filter((node) => node.role === "primary").sort((a, b) => a.groupId - b.groupId);
  const answered = new Set(measured?.answers.filter((answer) => answer.ok).map((answer) => answer.nodeId));
  const reasons = measured?.answers.flatMap((answer) =>
    answer.ok ? [] : [[answer.nodeId, answer.problem.detail] as const],
  );
  const holding = holders(topology.shards);
  return {
    nodes,
    primaries,
    names: shortNames(nodes),
    topology,
    tables: new Map(topology.tables.map((table) => [table.oid, table])),
    get groups() {
      return groups.all();
    },
    groupAt: groups.at,
    groupOfShard: groupByShard(topology.shards, columns, groups),
    sizes: shardSizesOf(topology.shards, placements),
    placements,
    groupColumns: columns,
    isMeasured: measured !== null,
    silent: measured ? primaries.filter((node) => holding.has(node.groupId) && !answered.has(node.id)) : [],
    silentBecause: new Map(reasons),
  };
}

/** The node groups that hold anything. By index: what an iterator makes of 100,000 numbers is as much garbage. */
function holders({ groupIds }: Topology["shards"]): Set<number> {
  const holding = new Set<number>();
  for (let place = 0; place < groupIds.length; place += 1) holding.add(at(groupIds, place));
  return holding;
}

/** "customers", or "sales.customers" outside the schema public. Falls back to the oid for a table that has just gone. */
export function tableName(picture: Pick<ClusterPicture, "tables">, oid: number): string {
  const table = picture.tables.get(oid);
  if (!table) return `table ${oid}`;
  return table.schema === "public" ? table.name : fullName(table);
}
