import { Bytes } from "@/components/ui/quantity";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { ExactShards } from "@/lib/domain/shard";
import type { ShardGroup } from "@/lib/domain/shard-groups";
import { largestKnown, shardName } from "@/lib/domain/shard-rows";

type Props = { picture: ClusterPicture; group: ShardGroup; exact: ExactShards | undefined };

const UNKNOWN = "the node that holds it did not tell";

/** The shards of one group, one for each of its tables, and where Citus has measured them, its numbers beside ours. */
export function GroupShards({ picture, group, exact }: Props) {
  const measured = new Map(exact?.shards.map((shard) => [shard.shardId, shard.bytes]));
  const isMeasured = group.shardIds.some((id) => measured.has(id));
  return (
    <div className="-mx-4">
      <Table
        label={`Shards of group ${group.id}`}
        className="[&_td:first-child]:pl-4 [&_td:last-child]:pr-4 [&_th:first-child]:pl-4 [&_th:last-child]:pr-4"
      >
        <thead>
          <tr>
            <Th>Shard</Th>
            <Th right>Bytes</Th>
            {isMeasured && <Th right>By Citus</Th>}
          </tr>
        </thead>
        <tbody>
          {group.shardIds.map((id, position) => {
            const name = shardName(picture, group, position);
            return (
              <Tr key={id}>
                <Td mono className="max-w-36 truncate" title={name}>
                  {name}
                </Td>
                <Td right>
                  <Bytes value={largestKnown(picture, id, group.groupIds)} unknown={UNKNOWN} />
                </Td>
                {isMeasured && (
                  <Td right>
                    {measured.has(id) ? (
                      <Bytes value={measured.get(id)} unknown="Citus got no answer from its node" />
                    ) : null}
                  </Td>
                )}
              </Tr>
            );
          })}
          {group.shardIds.length > 1 && (
            <Tr className="font-medium">
              <Td>Together</Td>
              <Td right>
                <Bytes value={group.bytes} unknown={UNKNOWN} />
              </Td>
              {isMeasured && <Td right />}
            </Tr>
          )}
        </tbody>
      </Table>
    </div>
  );
}
