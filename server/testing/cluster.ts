import "server-only";
import { inject } from "vitest";
import { connectSandbox } from "@/sandbox/connect";
import type { Sandbox } from "@/sandbox/types";
import type { Target } from "@/server/clusters";
import { sandboxLogin, sandboxTarget } from "./sandbox-target";

/**
 * The running sandbox and targets for it: what every cluster test begins with. `target`: the owner does everything;
 * `asReadLogin`: the read login does; `threeLogins`: as the console is meant to be configured; `withoutAdmin`: the same without
 * a superuser.
 */
export function testCluster(): Record<"target" | "asReadLogin" | "threeLogins" | "withoutAdmin", Target> & {
  sandbox: Sandbox;
} {
  const sandbox = connectSandbox(inject("sandboxState"));
  const [owner, read, ops] = (["owner", "read", "ops"] as const).map((name) => sandboxLogin(sandbox, name));
  if (!owner || !read || !ops) throw new Error("the sandbox has three logins");
  const as = (logins: Target["logins"]): Target => sandboxTarget(sandbox, logins);
  return {
    sandbox,
    target: as({ read: owner, ops: owner, admin: owner }),
    asReadLogin: as({ read, ops: read, admin: read }),
    threeLogins: as({ read, ops, admin: owner }),
    withoutAdmin: as({ read, ops, admin: null }),
  };
}
