import type { ReactNode } from "react";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { Unknown } from "@/components/ui/unknown";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MapColumn } from "@/lib/domain/map-columns";
import { isCoordinator } from "@/lib/domain/node";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { formatCount } from "@/lib/format/count";

type Props = { picture: ClusterPicture; group: ShardGroup; column: MapColumn };

/** Node, range, colocation and placements of one group. */
export function GroupFacts({ picture, group, column }: Props) {
  const colocation = picture.topology.colocationGroups.find((one) => one.id === group.colocationId);
  const placements = group.groupIds.length;
  return (
    <dl className="grid grid-cols-[88px_minmax(0,1fr)] gap-y-1.5 text-12">
      <Fact term={placements === 1 ? "Node" : "Nodes"}>
        <Placements picture={picture} group={group} />
      </Fact>
      {group.min !== null && group.max !== null && (
        <Fact term="Hash range">
          <span className="font-mono">
            {formatCount(group.min)} …<br />
            {formatCount(group.max)}
          </span>
        </Fact>
      )}
      <Fact term="Colocation">{group.colocationId === 0 ? "none" : `${group.colocationId}, ${column.note}`}</Fact>
      <Fact term="Placements">
        {formatCount(placements)}
        {colocation && colocation.replicationFactor > 0 && `, replication factor ${colocation.replicationFactor}`}
      </Fact>
    </dl>
  );
}

function Placements({ picture, group }: Pick<Props, "picture" | "group">) {
  if (group.groupIds.length === 0) return <Unknown because="no placement is registered" />;
  return (
    <ul className="flex flex-col gap-1">
      {group.groupIds.map((groupId) => {
        const node = picture.primaries.find((one) => one.groupId === groupId);
        if (!node) return <li key={groupId}>node group {groupId}, without a primary</li>;
        return (
          <li key={groupId} className="flex items-center justify-between gap-2">
            <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={isCoordinator(node)} />
            {group.groupIds.length > 1 && (
              <Bytes value={group.bytesByGroupId.get(groupId)} unknown="this node did not tell the size" />
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-text-3">{term}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}
