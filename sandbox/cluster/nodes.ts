import type { SandboxNode, SandboxNodeName } from "../types.ts";

/** The cluster's members and their ports, in the order of NODE_NAMES. */
export function nodesOn(ports: readonly number[]): Record<SandboxNodeName, SandboxNode> {
  const at = (
    name: SandboxNodeName,
    index: number,
    role: SandboxNode["role"],
    standbyOf?: SandboxNodeName,
  ): SandboxNode => {
    const port = ports[index];
    if (port === undefined) throw new Error(`no port for ${name}`);
    return { name, host: "127.0.0.1", port, role, ...(standbyOf && { standbyOf }) };
  };
  return {
    coordinator: at("coordinator", 0, "coordinator"),
    worker1: at("worker1", 1, "worker"),
    worker2: at("worker2", 2, "worker"),
    worker3: at("worker3", 3, "worker"),
    spare: at("spare", 4, "spare"),
    standbyCoordinator: at("standbyCoordinator", 5, "standby", "coordinator"),
    standbyWorker1: at("standbyWorker1", 6, "standby", "worker1"),
  };
}
