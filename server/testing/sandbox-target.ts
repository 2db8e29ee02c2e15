import "server-only";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Sandbox } from "@/sandbox/types";
import type { Login, Target } from "@/server/clusters";

/** One of a sandbox's logins; its servers ask for no password. */
export function sandboxLogin(sandbox: Sandbox, name: Parameters<Sandbox["url"]>[0]): Login {
  return { user: decodeURIComponent(new URL(sandbox.url(name)).username), password: null };
}

/** A sandbox as a configured cluster; its owner does everything, unless other logins are given. */
export function sandboxTarget(sandbox: Sandbox, logins?: Target["logins"]): Target {
  const { host, port } = sandbox.nodes.coordinator;
  const owner = sandboxLogin(sandbox, "owner");
  return {
    clusterId: clusterIdSchema.parse("sandbox"),
    name: "sandbox",
    colour: null,
    coordinator: { host, port },
    coordinators: [{ host, port }],
    database: sandbox.database,
    logins: logins ?? { read: owner, ops: owner, admin: owner },
    tls: { ca: undefined, serverName: undefined, allowInsecure: false },
    addresses: new Map(),
    allowedNodeHosts: null,
    isReadOnly: false,
    readShare: 0.01,
    operatorsMay: [],
    membershipBy: null,
    superuserRead: "allowed",
  };
}
