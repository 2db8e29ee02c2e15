import type { BalanceScope } from "./balance";
import { type ClusterPicture, tableName } from "./cluster-picture";
import { isMovable } from "./shard-groups";

/** Something whose spread over the nodes can be looked at, as an address names it: "cluster", "colocation 2", "table sales.orders". */
export type ScopeChoice = { name: string; label: string; scope: BalanceScope };

export const WHOLE_CLUSTER: ScopeChoice = { name: "cluster", label: "Whole cluster", scope: { kind: "cluster" } };

/** The colocation groups that a rebalance may move, by id. */
export function colocationChoices(picture: ClusterPicture): ScopeChoice[] {
  return [...movableTables(picture)]
    .sort(([a], [b]) => a - b)
    .map(([colocationId, oids]) => ({
      name: `colocation ${colocationId}`,
      label: `${colocationId}: ${[...oids].map((oid) => tableName(picture, oid)).join(", ")}`,
      scope: { kind: "colocation", colocationId },
    }));
}

/** The tables that a rebalance may move, by name. */
export function tableChoices(picture: ClusterPicture): ScopeChoice[] {
  return picture.topology.tables.filter(isMovable).map(({ oid }) => ({
    name: `table ${tableName(picture, oid)}`,
    label: tableName(picture, oid),
    scope: { kind: "table", oid },
  }));
}

/** The choice that an address names; the whole cluster when it names none that is there. */
export function choiceNamed(picture: ClusterPicture, name: string | null): ScopeChoice {
  const choices = [...colocationChoices(picture), ...tableChoices(picture)];
  return choices.find((choice) => choice.name === name) ?? WHOLE_CLUSTER;
}

/** The tables with shards by colocation group, in the order of their shards. */
function movableTables({ topology, tables }: ClusterPicture): Map<number, Set<number>> {
  const found = new Map<number, Set<number>>();
  let before = -1;
  for (const oid of topology.shards.tableOids) {
    const table = oid === before ? undefined : tables.get(oid);
    before = oid;
    if (!table || table.colocationId === 0 || !isMovable(table)) continue;
    const oids = found.get(table.colocationId) ?? new Set();
    found.set(table.colocationId, oids.add(oid));
  }
  return found;
}
