import { BeforeAfterCells, BeforeAfterTable } from "@/components/change/before-after";
import { DialogSection } from "@/components/ui/dialog";
import { NodeName } from "@/components/ui/node-name";
import { Bytes } from "@/components/ui/quantity";
import { StatusWord } from "@/components/ui/status-word";
import { Td, Tr } from "@/components/ui/table";
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
      <BeforeAfterTable label="Nodes that take in shard groups" hasDisk>
        {estimate.homes.map((home) => (
          <Home key={home.node.id} home={home} largest={largest} />
        ))}
      </BeforeAfterTable>
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
      <BeforeAfterCells
        node={node}
        now={home}
        after={{ groups: home.groupsAfter, bytes: home.bytesAfter }}
        largest={largest}
      />
      <Td right>
        <Bytes value={home.diskFreeAfter} unknown="the node did not tell how full its disk is" />
        {home.diskFreeAfter !== null && home.diskTotal !== null && home.diskTotal > 0 && (
          <span className="text-text-3"> {formatPercent(Math.max(0, home.diskFreeAfter) / home.diskTotal)}</span>
        )}
      </Td>
    </Tr>
  );
}
