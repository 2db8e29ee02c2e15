import { nodeColour } from "@/components/ui/node-colour";
import { Bytes } from "@/components/ui/quantity";
import { Select } from "@/components/ui/select";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { type ClusterNode, isCoordinator, type NodeId } from "@/lib/domain/node";
import type { SplitRange } from "@/lib/domain/split-ranges";
import { formatCount } from "@/lib/format/count";
import { formatPercent } from "@/lib/format/percent";

type Props = {
  ranges: readonly SplitRange[];
  /** Of the whole group; null: not known. */
  bytes: number | null;
  nodes: readonly ClusterNode[];
  names: ReadonlyMap<NodeId, string>;
  nodeOf: (part: number) => ClusterNode | undefined;
  onPlace: (part: number, nodeId: NodeId) => void;
};

/** The parts of a hash range, as wide as they are and in the colour of their node; below, the same as a table with a node to choose. */
export function RangeBar({ ranges, bytes, nodes, names, nodeOf, onPlace }: Props) {
  const options = nodes.map((node) => ({ value: String(node.id), label: names.get(node.id) ?? String(node.id) }));
  return (
    <div className="grid gap-2">
      <div aria-hidden="true" className="flex h-4 gap-px overflow-hidden rounded-1">
        {ranges.map((range, part) => {
          const node = nodeOf(part);
          const colour = node ? nodeColour(node.id, isCoordinator(node)) : "var(--track)";
          return <i key={range.min} style={{ flexGrow: range.share, backgroundColor: colour }} />;
        })}
      </div>
      <Table label="Parts" dense>
        <thead>
          <tr>
            <Th right>From hash</Th>
            <Th right>To hash</Th>
            <Th right>Share</Th>
            <Th right>About</Th>
            <Th>Node</Th>
          </tr>
        </thead>
        <tbody>
          {ranges.map((range, part) => (
            <Tr key={range.min}>
              <Td right mono>
                {formatCount(range.min)}
              </Td>
              <Td right mono>
                {formatCount(range.max)}
              </Td>
              <Td right>{formatPercent(range.share)}</Td>
              <Td right>
                <Bytes
                  value={bytes === null ? null : bytes * range.share}
                  unknown="the size of the group is not known"
                />
              </Td>
              <Td>
                <Select
                  label={`Node of part ${part + 1}`}
                  hideLabel
                  mono
                  value={String(nodeOf(part)?.id ?? "")}
                  options={options}
                  onChange={(value) => {
                    const node = nodes.find((one) => String(one.id) === value);
                    if (node) onPlace(part, node.id);
                  }}
                />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
