import { addressOf, type ClusterNode, type NodeId } from "./node";

type Named = Pick<ClusterNode, "id" | "host" | "port">;

/**
 * The shortest name by which each node is told from the others: ":55167" where all share one host, the host where each
 * has its own, otherwise host:port.
 */
export function shortNames(nodes: readonly Named[]): ReadonlyMap<NodeId, string> {
  const hosts = new Set(nodes.map((node) => node.host));
  const ports = new Set(nodes.map((node) => node.port));
  const nameOf = (node: Named) => {
    if (hosts.size === 1 && ports.size === nodes.length) return `:${node.port}`;
    return hosts.size === nodes.length ? node.host : addressOf(node);
  };
  return new Map(nodes.map((node) => [node.id, nameOf(node)]));
}

/** ":55165, :55166 and :55167" */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
