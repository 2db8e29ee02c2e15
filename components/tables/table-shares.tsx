import { Bar } from "@/components/ui/bar";
import { nodeColour } from "@/components/ui/node-colour";
import { NodeName } from "@/components/ui/node-name";
import { Unknown } from "@/components/ui/unknown";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import { isCoordinator } from "@/lib/domain/node";
import type { CitusKind } from "@/lib/domain/table-facts";
import type { TableMeasure } from "@/lib/domain/table-measures";
import { formatBytes } from "@/lib/format/bytes";
import { formatCount } from "@/lib/format/count";

type Props = { picture: ClusterPicture; measure: TableMeasure; kind: CitusKind };

/** How the table lies on the nodes: shards and bytes of each, and the nodes that may hold shards and hold none of it. */
export function TableShares({ picture, measure, kind }: Props) {
  const shares = new Map(measure.shares.map((share) => [share.nodeId, share]));
  const isSpread = kind === "distributed";
  const nodes = picture.primaries.filter(
    (node) => shares.has(node.id) || (isSpread && node.isActive && node.mayHoldShards),
  );
  const most = Math.max(1, ...measure.shares.map((share) => share.bytes));
  return (
    <section className="mt-4">
      <h3 className="mb-1 text-13 leading-5">On the nodes</h3>
      <table className="w-full text-12">
        <thead className="text-text-3 [&_th]:font-normal">
          <tr>
            <th className="text-left">Node</th>
            <th className="text-right">Shards</th>
            <th className="text-right">Bytes</th>
            <th className="sr-only">Share</th>
          </tr>
        </thead>
        <tbody className="[&_td]:py-0.5">
          {nodes.map((node) => {
            const share = shares.get(node.id);
            const isPartial = share?.isPartial ?? false;
            const bytes = share?.bytes ?? 0;
            return (
              <tr key={node.id}>
                <td>
                  <NodeName
                    nodeId={node.id}
                    host={node.host}
                    port={node.port}
                    isCoordinator={isCoordinator(node)}
                    short={picture.names.get(node.id)}
                  />
                </td>
                <td className="text-right">{formatCount(share?.shards ?? 0)}</td>
                <td className="whitespace-nowrap text-right">
                  {isPartial && bytes === 0 ? (
                    <Unknown because="this node did not tell its sizes" />
                  ) : (
                    <>
                      {isPartial && "at least "}
                      {formatBytes(bytes)}
                    </>
                  )}
                </td>
                <td className="w-20 pl-3">
                  <Bar fraction={bytes / most} colour={nodeColour(node.id, isCoordinator(node))} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
