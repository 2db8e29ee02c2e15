import "server-only";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Login, Target } from "@/server/clusters";
import { Secret } from "@/server/config/secret";

/** A cluster for tests that reach none, or a server of their own. */
export function aTarget(over: Partial<Target> = {}): Target {
  const login: Login = { user: "shardboard", password: new Secret("correct horse") };
  const coordinator = { host: "127.0.0.1", port: 5432 };
  return {
    clusterId: clusterIdSchema.parse("shop"),
    name: "shop",
    coordinator,
    coordinators: [coordinator],
    database: "shop",
    colour: null,
    logins: { read: login, ops: login, admin: null },
    tls: { ca: undefined, serverName: undefined, allowInsecure: false },
    addresses: new Map(),
    allowedNodeHosts: null,
    isReadOnly: false,
    readShare: 0.01,
    operatorsMay: [],
    membershipBy: null,
    superuserRead: "refused",
    ...over,
  };
}
