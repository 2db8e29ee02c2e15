import { BeforeAfterCells, BeforeAfterTable } from "@/components/change/before-after";
import { NodeName } from "@/components/ui/node-name";
import { Td, Tr } from "@/components/ui/table";
import type { CloneHalf, CloneSplit } from "@/lib/domain/clone-split";
import type { ClusterNode } from "@/lib/domain/node";

type Props = { split: CloneSplit; primary: ClusterNode; clone: ClusterNode };

const NOTHING: CloneHalf = { groups: 0, bytes: 0 };

/** What the worker holds now, and what it and its clone hold after the promotion. */
export function CloneSplitTable({ split, primary, clone }: Props) {
  const most = Math.max(1, split.now.bytes ?? 0);
  return (
    <BeforeAfterTable label="Before and after the promotion">
      <Half node={primary} before={split.now} after={split.stays} most={most} />
      <Half node={clone} before={NOTHING} after={split.goes} most={most} />
    </BeforeAfterTable>
  );
}

type HalfProps = { node: ClusterNode; before: CloneHalf; after: CloneHalf; most: number };

function Half({ node, before, after, most }: HalfProps) {
  return (
    <Tr>
      <Td>
        <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={false} />
      </Td>
      <BeforeAfterCells node={node} now={before} after={after} largest={most} />
    </Tr>
  );
}
