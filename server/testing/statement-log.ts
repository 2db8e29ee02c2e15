import "server-only";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox, SandboxNodeName } from "@/sandbox/types";

/** One statement as a server logged it. `where`: the node; `by`: the session's application_name. */
export type LoggedStatement = { where: SandboxNodeName; by: string; sql: string };

const NODES: readonly SandboxNodeName[] = ["coordinator", "worker1", "worker2", "worker3"];
/** Nothing that a name or a statement would hold. */
const MARK = "<~|";

/** Has every node log each statement that it is sent, from now until `stop`. */
export async function logStatements(sandbox: Sandbox): Promise<{ stop: () => Promise<LoggedStatement[]> }> {
  const each = (sql: string) => Promise.all(NODES.map((node) => sandbox.query(sql, [], { node })));
  const logOf = (node: SandboxNodeName) => join(sandbox.dir, "logs", `${node}.log`);
  const from = new Map(NODES.map((node) => [node, statSync(logOf(node)).size]));
  await each("alter system set log_statement = 'all'");
  await each(`alter system set log_line_prefix = '${MARK}%a${MARK}'`);
  await each("select pg_reload_conf()");
  await sleep(300);
  return {
    async stop() {
      await each("alter system reset log_statement");
      await each("alter system reset log_line_prefix");
      await each("select pg_reload_conf()");
      await sleep(300);
      return NODES.flatMap((node) =>
        statementsIn(readFileSync(logOf(node)).subarray(from.get(node)).toString("utf8"), node),
      );
    },
  };
}

/** A statement's further lines begin with a tab, as the server writes them. */
function statementsIn(log: string, where: SandboxNodeName): LoggedStatement[] {
  return `\n${log}`.split(`\n${MARK}`).flatMap((record) => {
    const [by = "", said = ""] = record.split(MARK);
    const sql = /^LOG: {2}(?:statement|execute [^:]*): (.*)$/s.exec(said.trim())?.[1];
    return sql === undefined ? [] : [{ where, by, sql: sql.replaceAll("\n\t", "\n").trim() }];
  });
}
