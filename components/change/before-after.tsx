import type { ReactNode } from "react";
import { Bar } from "@/components/ui/bar";
import { nodeColour } from "@/components/ui/node-colour";
import { Bytes } from "@/components/ui/quantity";
import { Table, Td, Th } from "@/components/ui/table";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { formatCount } from "@/lib/format/count";

type TableProps = { label: string; hasDisk?: boolean; children: ReactNode };

/** Nodes with what they hold now and what they will hold, a row each. */
export function BeforeAfterTable({ label, hasDisk = false, children }: TableProps) {
  return (
    <Table label={label} dense>
      <thead>
        <tr>
          <Th>Node</Th>
          <Th right>Groups</Th>
          <Th right>Bytes now</Th>
          <Th right>After</Th>
          <Th>
            <span className="sr-only">Bar of bytes</span>
          </Th>
          {hasDisk && <Th right>Disk free after</Th>}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </Table>
  );
}

/** null: a size is not known. */
type Held = { groups: number; bytes: number | null };
type CellsProps = { node: ClusterNode; now: Held; after: Held; largest: number };

/** What stands behind a node's name. `largest`: the bytes of a whole bar. */
export function BeforeAfterCells({ node, now, after, largest }: CellsProps) {
  return (
    <>
      <Td right>
        {formatCount(now.groups)} → {formatCount(after.groups)}
      </Td>
      <Td right>
        <Bytes value={now.bytes} unknown="the node did not report its shard sizes" />
      </Td>
      <Td right className="font-medium">
        <Bytes value={after.bytes} unknown="the size of some shard is not known" />
      </Td>
      <Td className="w-32">
        <Bar
          fraction={(now.bytes ?? 0) / largest}
          after={(after.bytes ?? now.bytes ?? 0) / largest}
          colour={nodeColour(node.id, isCoordinator(node))}
        />
      </Td>
    </>
  );
}
