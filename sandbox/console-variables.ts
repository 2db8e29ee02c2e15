import type { Sandbox } from "./types.ts";

/** The environment of a console on a sandbox: three logins, none with a password, because the sandbox trusts this machine. */
export function consoleVariables(sandbox: Sandbox): Record<string, string> {
  return {
    CITUS_URL: sandbox.url("ops"),
    CITUS_READ_URL: sandbox.url("read"),
    CITUS_ADMIN_URL: sandbox.url("owner"),
    CITUS_NO_PASSWORD: "true",
  };
}
