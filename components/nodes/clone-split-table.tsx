import { Bar } from "@/components/ui/bar";
import { nodeColour } from "@/components/ui/node-colour";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { CloneHalf, CloneSplit } from "@/lib/domain/clone-split";
import type { ClusterNode } from "@/lib/domain/node";
import { formatCount } from "@/lib/format/count";

type Props = { split: CloneSplit; primary: ClusterNode; clone: ClusterNode };

const NOTHING: CloneHalf = { groups: 0, bytes: 0 };

/** What the worker holds now, and what it and its clone hold after the promotion. */
export function CloneSplitTable({ split, primary, clone }: Props) {
  const most = Math.max(1, split.now.bytes ?? 0);
  return (
    <Table label="Before and after the promotion" dense>
      <thead>
        <tr>
          <Th>Node</Th>
          <Th right>Groups</Th>
          <Th right>Bytes now</Th>
          <Th right>After</Th>
          <Th>
            <span className="sr-only">Bar of bytes</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        <Half node={primary} before={split.now} after={split.stays} most={most} />
        <Half node={clone} before={NOTHING} after={split.goes} most={most} />
      </tbody>
    </Table>
  );
}

type HalfProps = { node: ClusterNode; before: CloneHalf; after: CloneHalf; most: number };

function Half({ node, before, after, most }: HalfProps) {
  return (
    <Tr>
      <Td>
        <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={false} />
      </Td>
      <Td right>
        {formatCount(before.groups)} → {formatCount(after.groups)}
      </Td>
      <Td right>
        <Bytes value={before.bytes} unknown="the worker did not report its shard sizes" />
      </Td>
      <Td right className="font-medium">
        <Bytes value={after.bytes} unknown="the worker did not report its shard sizes" />
      </Td>
      <Td className="w-40">
        <Bar
          fraction={(before.bytes ?? 0) / most}
          after={(after.bytes ?? 0) / most}
          colour={nodeColour(node.id, false)}
        />
      </Td>
    </Tr>
  );
}
