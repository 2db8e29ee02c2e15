import "server-only";
import { inject } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { connectSandbox } from "@/sandbox/connect";
import type { Sandbox } from "@/sandbox/types";
import type { Login, Target } from "@/server/clusters";

/** The running sandbox and a target for it: what every cluster test begins with. */
export function testCluster(): { sandbox: Sandbox; target: Target; asReadLogin: Target } {
  const sandbox = connectSandbox(inject("sandboxState"));
  const { host, port } = sandbox.nodes.coordinator;
  const as = (ops: Login, read: Login): Target => ({
    clusterId: clusterIdSchema.parse("sandbox"),
    name: "sandbox",
    colour: null,
    coordinator: { host, port },
    database: sandbox.database,
    logins: { ops, read, admin: ops },
    tls: false,
    addresses: new Map(),
    isReadOnly: false,
    operatorsMay: [],
    membershipBy: null,
  });
  const owner = loginIn(sandbox.url("owner"));
  const reader = loginIn(sandbox.url("read"));
  return { sandbox, target: as(owner, owner), asReadLogin: as(reader, reader) };
}

function loginIn(url: string): Login {
  return { user: decodeURIComponent(new URL(url).username), password: "" };
}
