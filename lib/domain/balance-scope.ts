import type { BalanceScope } from "./balance";
import { type ClusterPicture, tableName } from "./cluster-picture";
import { isMovable, type ShardGroup } from "./shard-groups";

/** Something whose spread over the nodes can be looked at, as an address names it: "cluster", "colocation 2", "table sales.orders". */
export type ScopeChoice = { name: string; label: string; scope: BalanceScope };

export const WHOLE_CLUSTER: ScopeChoice = { name: "cluster", label: "Whole cluster", scope: { kind: "cluster" } };

/** The colocation groups that a rebalance may move, by id. */
export function colocationChoices(picture: ClusterPicture): ScopeChoice[] {
  const groups = Map.groupBy(picture.groups.filter(isMovable), (group) => group.colocationId);
  return [...groups]
    .filter(([id]) => id !== 0)
    .sort(([a], [b]) => a - b)
    .map(([colocationId, members]) => ({
      name: `colocation ${colocationId}`,
      label: `${colocationId}: ${tableNames(picture, members)}`,
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

function tableNames(picture: ClusterPicture, groups: readonly ShardGroup[]): string {
  return [...new Set(groups.flatMap((group) => group.tableOids))].map((oid) => tableName(picture, oid)).join(", ");
}
