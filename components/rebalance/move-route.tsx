import { Icon } from "@/components/ui/icon";
import { NodeName } from "@/components/ui/node-name";
import { SrOnly } from "@/components/ui/sr-only";
import { type ClusterNode, isCoordinator } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";

type Props = { move: { sourceNodeId: number; targetNodeId: number }; nodes: readonly ClusterNode[] };

const isOneHost = (nodes: readonly ClusterNode[]) => nodes.every((node) => node.host === nodes[0]?.host);

/** The column for it: ports are short, names of hosts are not. */
export function routeWidth(nodes: readonly ClusterNode[]): string {
  return isOneHost(nodes) ? "150px" : "320px";
}

/** From where to where a shard group goes. */
export function MoveRoute({ move, nodes }: Props) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <End id={move.sourceNodeId} nodes={nodes} />
      <Icon name="arrow-right" className="size-3 text-text-3" />
      <SrOnly>to</SrOnly>
      <End id={move.targetNodeId} nodes={nodes} />
    </span>
  );
}

/** A node that has left since is named by its id: a task's command says no more. */
function End({ id, nodes }: { id: number; nodes: readonly ClusterNode[] }) {
  const node = nodes.find((candidate) => candidate.id === id);
  if (!node) return <span className="font-mono text-text-3">node {id}</span>;
  return (
    <NodeName
      nodeId={node.id}
      host={node.host}
      port={node.port}
      isCoordinator={isCoordinator(node)}
      short={shortNames(nodes).get(node.id)}
    />
  );
}
