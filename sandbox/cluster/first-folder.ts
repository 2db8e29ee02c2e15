import { join } from "node:path";
import type { Account } from "../processes/account.ts";
import { run } from "../processes/run.ts";
import { appendCommonSettings } from "./settings.ts";

export const DATABASE = "shop";
export const LOGIN_ROLES = { owner: "dba", read: "shardboard_read", ops: "shardboard_ops", app: "app_rw" } as const;

/**
 * Runs initdb once; every node starts as a copy. The logins and the database go in here, before there is a cluster: then each
 * node has them, also the one that is not yet a member. 1 MB of WAL at a time keeps the copies small.
 */
export async function makeFirstFolder(
  target: string,
  bin: string,
  account: Account | null,
  settings: Record<string, string>,
) {
  const options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--wal-segsize=1"];
  await run(join(bin, "initdb"), ["-D", target, "-U", LOGIN_ROLES.owner, ...options], { account });
  // Single-user mode: one statement per line, no port, no waiting.
  const input = [
    `create role ${LOGIN_ROLES.read} login`,
    `grant pg_monitor to ${LOGIN_ROLES.read}`,
    `create role ${LOGIN_ROLES.ops} login`,
    `create role ${LOGIN_ROLES.app} login`,
    "create role shop_owner login",
    `grant shop_owner to ${LOGIN_ROLES.ops}`,
    `create database ${DATABASE}`,
    "",
  ].join("\n");
  const said = await run(join(bin, "postgres"), ["--single", "-F", "-D", target, "postgres"], { account, input });
  if (/ERROR:/.test(said)) throw new Error(`The first data folder could not be prepared: ${said}`);
  appendCommonSettings(target, settings);
}
