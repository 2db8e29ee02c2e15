import { NodeName } from "@/components/ui/node-name";
import { UNREGISTERED_NODE } from "@/lib/domain/global-pid";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";

type Props = { nodeId: number; nodes: readonly ClusterNode[] };

/** The node of a session. The coordinator has none of the cluster's names while it is not registered. */
export function SessionNode({ nodeId, nodes }: Props) {
  const node = nodes.find((one) => one.id === nodeId);
  if (node)
    return (
      <NodeName
        nodeId={node.id}
        host={node.host}
        port={node.port}
        isCoordinator={isCoordinator(node)}
        short={shortNames(nodes).get(node.id)}
      />
    );
  if (nodeId === UNREGISTERED_NODE)
    return <span title="The coordinator is not registered in pg_dist_node.">coordinator</span>;
  return <span className="font-mono">node {nodeId}</span>;
}
