import { countOf } from "../format/count";
import type { ClusterNode } from "./node";
import { listOf, shortNames } from "./node-names";
import type { NodeRow } from "./node-rows";
import { roleWord } from "./node-state";

/** "1 coordinator, 4 workers, 1 secondary": one line about the whole. */
export function membersSentence(nodes: readonly ClusterNode[]): string {
  const roles: [string, string][] = [
    ["coordinator", "coordinators"],
    ["worker", "workers"],
    ["secondary", "secondaries"],
    ["clone", "clones"],
    ["unavailable", "unavailable"],
  ];
  const parts = roles.flatMap(([role, plural]) => {
    const count = nodes.filter((node) => roleWord(node) === role).length;
    return count === 0 ? [] : [countOf(count, role, plural)];
  });
  return parts.length === 0 ? "no nodes" : parts.join(", ");
}

/** "4 of 5 nodes answer; :55167 does not"; null: all that were asked do, or none was asked. */
export function silenceSentence(rows: readonly NodeRow[]): string | null {
  const asked = rows.filter((row) => row.answer);
  const silent = asked.filter((row) => row.answer && !row.answer.ok).map((row) => row.node);
  if (silent.length === 0) return null;
  const names = shortNames(rows.map((row) => row.node));
  const list = listOf(silent.map((node) => names.get(node.id) ?? String(node.port)));
  return `${asked.length - silent.length} of ${asked.length} nodes answer; ${list} ${silent.length === 1 ? "does" : "do"} not`;
}
