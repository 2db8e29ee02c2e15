import { NodeName } from "@/components/ui/node-name";
import { TitledPanel } from "@/components/ui/panel";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Unknown } from "@/components/ui/unknown";
import type { NodeLoad } from "@/lib/domain/balance";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { isCoordinator } from "@/lib/domain/node";
import { amountOf, skewOf } from "@/lib/domain/skew";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";
import { formatDeviation } from "@/lib/format/percent";

type Props = { picture: ClusterPicture; loads: readonly NodeLoad[] };

/** The numbers behind the charts, node by node. */
export function LoadsTable({ picture, loads }: Props) {
  const means = { bytes: skewOf(loads, "bytes"), shards: skewOf(loads, "shards") };
  const isPartial = loads.some((load) => load.isPartial);
  const sum = (of: (load: NodeLoad) => number) => loads.reduce((total, load) => total + of(load), 0);
  return (
    <TitledPanel title="By node">
      <Table label="Load by node">
        <thead>
          <tr>
            <Th>Node</Th>
            <Th>May get shards</Th>
            <Th right>Shard groups</Th>
            <Th right>Shards</Th>
            <Th right>vs. mean</Th>
            <Th right>Bytes</Th>
            <Th right>vs. mean</Th>
          </tr>
        </thead>
        <tbody>
          {loads.map((load) => (
            <Tr key={load.node.id}>
              <Td>
                <NodeName
                  nodeId={load.node.id}
                  host={load.node.host}
                  port={load.node.port}
                  isCoordinator={isCoordinator(load.node)}
                />
              </Td>
              <Td>{load.counts ? "yes" : load.node.isActive ? "no, closed" : "no, disabled"}</Td>
              <Td right>{formatCount(load.groups)}</Td>
              <Td right>{formatCount(load.shards)}</Td>
              <Td right>
                <VersusMean load={load} measure="shards" mean={means.shards.mean} isKnown />
              </Td>
              <Td right>
                <KnownBytes bytes={load.bytes} isPartial={load.isPartial} />
              </Td>
              <Td right>
                <VersusMean load={load} measure="bytes" mean={means.bytes.mean} isKnown={!means.bytes.isPartial} />
              </Td>
            </Tr>
          ))}
          <Tr className="font-medium">
            <Td>Together</Td>
            <Td />
            <Td right>{formatCount(sum((load) => load.groups))}</Td>
            <Td right>{formatCount(sum((load) => load.shards))}</Td>
            <Td right />
            <Td right>
              <KnownBytes bytes={sum((load) => load.bytes)} isPartial={isPartial} />
            </Td>
            <Td right />
          </Tr>
        </tbody>
      </Table>
      {picture.silent.length > 0 && (
        <p className="border-line border-t px-3 py-2 text-12 text-text-2">
          {picture.silent
            .map(
              (node) =>
                `${picture.names.get(node.id)} did not tell its sizes: ${(picture.silentBecause.get(node.id) ?? "no answer").replace(/\.$/, "")}.`,
            )
            .join(" ")}
        </p>
      )}
    </TitledPanel>
  );
}

function KnownBytes({ bytes, isPartial }: { bytes: number; isPartial: boolean }) {
  if (isPartial && bytes === 0) return <Unknown because="the node did not report its shard sizes" />;
  return (
    <>
      {isPartial && <span className="font-normal text-warn">at least </span>}
      {formatBytes(bytes)}
    </>
  );
}

type VersusProps = { load: NodeLoad; measure: "bytes" | "shards"; mean: number; isKnown: boolean };

/** Only between the nodes that may be given shards is there a mean to be away from. */
function VersusMean({ load, measure, mean, isKnown }: VersusProps) {
  if (!isKnown) return <Unknown because="a node did not report all its shard sizes" />;
  if (!load.counts || mean === 0) return <Unknown because="this node is no part of the mean" />;
  return <>{formatDeviation(amountOf(load, measure) / mean - 1)}</>;
}
