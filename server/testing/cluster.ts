import "server-only";
import { inject } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { connectSandbox } from "@/sandbox/connect";
import type { Sandbox } from "@/sandbox/types";
import type { Login, Target } from "@/server/clusters";

/**
 * The running sandbox and targets for it: what every cluster test begins with. `target`: the owner does everything;
 * `asReadLogin`: the read login does; `threeLogins`: as the console is meant to be configured; `withoutAdmin`: the same without
 * a superuser.
 */
export function testCluster(): Record<"target" | "asReadLogin" | "threeLogins" | "withoutAdmin", Target> & {
  sandbox: Sandbox;
} {
  const sandbox = connectSandbox(inject("sandboxState"));
  const login = (name: Parameters<Sandbox["url"]>[0]): Login => ({
    user: decodeURIComponent(new URL(sandbox.url(name)).username),
    password: null,
  });
  const as = (logins: Target["logins"]): Target => ({ ...sandboxTarget(sandbox), logins });
  const [owner, read, ops] = [login("owner"), login("read"), login("ops")];
  return {
    sandbox,
    target: as({ read: owner, ops: owner, admin: owner }),
    asReadLogin: as({ read, ops: read, admin: read }),
    threeLogins: as({ read, ops, admin: owner }),
    withoutAdmin: as({ read, ops, admin: null }),
  };
}

function sandboxTarget({ nodes, database }: Sandbox): Omit<Target, "logins"> {
  const { host, port } = nodes.coordinator;
  return {
    clusterId: clusterIdSchema.parse("sandbox"),
    name: "sandbox",
    colour: null,
    coordinator: { host, port },
    coordinators: [{ host, port }],
    database,
    tls: { ca: undefined, serverName: undefined, allowInsecure: false },
    addresses: new Map(),
    allowedNodeHosts: null,
    isReadOnly: false,
    operatorsMay: [],
    membershipBy: null,
    superuserRead: "allowed",
  };
}
