import type { Sandbox } from "../../types.ts";
import { RECORDED_PORTS } from "./recorded-cluster.ts";
import type { RecordedCase } from "./recordings.ts";

/** Lines that psql adds, and CONTEXT, in which a function written in PL/pgSQL cannot help naming itself. */
const NOT_COMPARED = /^(CONTEXT|LINE \d+|SCHEMA NAME|DATATYPE NAME):|^\s+\^$/;

/** The first shard of the recorded cluster belonged to customers; here a reference table was made before. */
const RECORDED_FIRST_SHARD = "102008";

/** The recorded call, for the sandbox's ports, logins and shards. */
export async function callFor(sandbox: Sandbox, recorded: RecordedCase): Promise<{ url: string; sql: string }> {
  const [first] = await sandbox.query<{ shardid: string }>(
    "select min(shardid)::text as shardid from pg_catalog.pg_dist_shard where logicalrelid = 'customers'::regclass",
  );
  const role = /^as role (\w+):/.exec(recorded.case)?.[1];
  const login = role === "monitor" ? "read" : role === "plain" ? "app" : "owner";
  const sql = recorded.sql.replaceAll(RECORDED_FIRST_SHARD, first?.shardid ?? RECORDED_FIRST_SHARD);
  return { url: sandbox.url(login), sql: withPortsOf(sandbox, sql) };
}

export function expectedMessages(sandbox: Sandbox, recorded: RecordedCase): string {
  const lines = recorded.messages.filter((line) => !NOT_COMPARED.test(line));
  return withoutNumbersOfOneCluster(withPortsOf(sandbox, lines.join("\n")).replaceAll("postgres@", "dba@"));
}

/** Shard ids and counts follow from what was created in which order, so any number is as good as another. */
export function withoutNumbersOfOneCluster(text: string): string {
  return text.replaceAll(/\b102\d{3}\b/g, "<shard>");
}

export function shape(result: string): string {
  return result.replaceAll(/\d+/g, "#");
}

function withPortsOf({ nodes }: Sandbox, text: string): string {
  const now = [nodes.coordinator, nodes.worker1, nodes.worker2, nodes.worker3, nodes.spare];
  const then = [...RECORDED_PORTS.values()];
  return text.replaceAll(/\b551\d\d\b/g, (port) => String(now[then.indexOf(Number(port))]?.port ?? port));
}
