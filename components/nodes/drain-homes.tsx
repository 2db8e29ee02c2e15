import { Bar } from "@/components/ui/bar";
import { DialogSection } from "@/components/ui/dialog";
import { nodeColour } from "@/components/ui/node-colour";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { StatusWord } from "@/components/ui/status-word";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { capacityVerdict, type DrainEstimate, type DrainHome } from "@/lib/domain/drain-estimate";
import { isCoordinator } from "@/lib/domain/node";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { formatPercent } from "@/lib/format/percent";

/** Where the shard groups go, about, and whether there is room. */
export function DrainHomes({ estimate }: { estimate: DrainEstimate }) {
  const { tone, sentence } = capacityVerdict(estimate);
  const largest = Math.max(1, ...estimate.homes.map((home) => home.bytesAfter ?? home.bytes ?? 0));
  return (
    <DialogSection title="Where it goes" bleed aside={<StatusWord tone={tone}>{sentence}</StatusWord>}>
      <p className="mb-1.5 px-[18px] text-12 text-text-2">
        {formatCount(estimate.groups)} groups, {estimate.isPartial && "at least "}
        {formatBytes(estimate.bytes)} leave. Where each goes is an estimate: Citus plans once the node is closed.
      </p>
      <Table label="Nodes that take in shard groups" dense>
        <thead>
          <tr>
            <Th>Node</Th>
            <Th right>Groups</Th>
            <Th right>Bytes now</Th>
            <Th right>After</Th>
            <Th>
              <span className="sr-only">Bar of bytes</span>
            </Th>
            <Th right>Disk free after</Th>
          </tr>
        </thead>
        <tbody>
          {estimate.homes.map((home) => (
            <Home key={home.node.id} home={home} largest={largest} />
          ))}
        </tbody>
      </Table>
    </DialogSection>
  );
}

function Home({ home, largest }: { home: DrainHome; largest: number }) {
  const { node } = home;
  return (
    <Tr>
      <Td>
        <NodeName nodeId={node.id} host={node.host} port={node.port} isCoordinator={isCoordinator(node)} />
      </Td>
      <Td right>
        {formatCount(home.groups)} → {formatCount(home.groupsAfter)}
      </Td>
      <Td right>
        <Bytes value={home.bytes} unknown="the node did not report its shard sizes" />
      </Td>
      <Td right className="font-medium">
        <Bytes value={home.bytesAfter} unknown="the size of some shard is not known" />
      </Td>
      <Td className="w-32">
        <Bar
          fraction={(home.bytes ?? 0) / largest}
          after={(home.bytesAfter ?? home.bytes ?? 0) / largest}
          colour={nodeColour(node.id, isCoordinator(node))}
        />
      </Td>
      <Td right>
        <Bytes value={home.diskFreeAfter} unknown="the node did not tell how full its disk is" />
        {home.diskFreeAfter !== null && home.diskTotal !== null && home.diskTotal > 0 && (
          <span className="text-text-3"> {formatPercent(Math.max(0, home.diskFreeAfter) / home.diskTotal)}</span>
        )}
      </Td>
    </Tr>
  );
}
