import { formatCount } from "../format/count";
import type { Note } from "./change";
import type { DistributeChoice } from "./distribute-choice";
import { bad, info, ok } from "./distribute-note";
import { type ColocationTarget, type Surroundings, tablesOfGroup } from "./distribute-surroundings";
import { fullName, type TableColumn, type TableFacts } from "./table-facts";

const LARGEST_SHARD_COUNT = 64_000;

/** Where the shards will lie: in an existing colocation group, or in a new one of so many shards. null: that cannot be said. */
export type Landing = { groupId: number | null; shardCount: number };

/** With whom the table will share its shards' places, and what stands against that. */
export function landingOf(
  table: TableFacts,
  column: TableColumn,
  choice: DistributeChoice,
  around: Surroundings,
): { landing: Landing | null; notes: Note[] } {
  const miscounted = againstShardCount(choice);
  if (miscounted.length > 0) return { landing: null, notes: miscounted };
  if (choice.colocateWith.kind === "table") return withTable(table, column, choice.colocateWith.oid, around);
  const shardCount = choice.shardCount ?? around.shardCount;
  if (choice.colocateWith.kind === "default") {
    const joined = groupByDefault(column, shardCount, around);
    if (joined) return joinGroup(column, joined, around);
  }
  return newGroup(shardCount, around);
}

function againstShardCount({ colocateWith, shardCount }: DistributeChoice): Note[] {
  if (shardCount === null) return [];
  if (colocateWith.kind === "table") {
    return [
      bad(
        "A shard count and a table to colocate with were both chosen. Colocated tables have the same shards.",
        "Choose one of the two.",
      ),
    ];
  }
  if (!Number.isInteger(shardCount) || shardCount < 1 || shardCount > LARGEST_SHARD_COUNT) {
    return [
      bad(
        `${shardCount} is no shard count. Citus takes whole numbers from 1 to ${formatCount(LARGEST_SHARD_COUNT)}.`,
        "A few times the number of workers is usual; 32 is Citus' own default.",
      ),
    ];
  }
  return [];
}

/** The group that `colocate_with => 'default'` joins: the first of equal type, shard count and replication factor, made with `none` or not. */
export function groupByDefault(column: TableColumn, shardCount: number, around: Surroundings) {
  return around.groups
    .filter(
      (group) =>
        group.plainType === column.plainType &&
        group.shardCount === shardCount &&
        group.replicationFactor === around.replicationFactor,
    )
    .sort((a, b) => a.id - b.id)[0];
}

function joinGroup(column: TableColumn, group: { id: number; shardCount: number }, around: Surroundings) {
  const tables = tablesOfGroup(around, group.id);
  const other = around.targets.find((target) => target.colocationId === group.id);
  const clash = other ? collationClash(column, other) : [];
  return {
    landing: clash.length > 0 ? null : { groupId: group.id, shardCount: group.shardCount },
    notes:
      clash.length > 0
        ? clash
        : [
            info(
              `It joins colocation group ${group.id} with ${tables}: equal type and ${group.shardCount} shards.`,
              "Rows of equal values will lie on one node and move together. Choose “none” for a group of its own.",
            ),
          ],
  };
}

function withTable(table: TableFacts, column: TableColumn, oid: number, around: Surroundings) {
  const target = around.targets.find((candidate) => candidate.oid === oid);
  const against = againstTarget(table, column, oid, target);
  if (!target || against.length > 0) return { landing: null, notes: against };
  const group = around.groups.find((candidate) => candidate.id === target.colocationId);
  return {
    landing: { groupId: target.colocationId, shardCount: group?.shardCount ?? around.shardCount },
    notes: [
      ok(
        `${column.name} and ${target.name}.${target.column} are both ${target.plainType}: equal values lie on one node, so joins and foreign keys stay there.`,
      ),
    ],
  };
}

function againstTarget(
  table: TableFacts,
  column: TableColumn,
  oid: number,
  target: ColocationTarget | undefined,
): Note[] {
  if (oid === table.oid) return [bad("A table cannot be colocated with itself.", "Choose another, or “none”.")];
  if (!target) {
    return [
      bad(
        "The table to colocate with is not hash-distributed, or is gone. Only hash-distributed tables have shards to lie beside.",
        "Choose another, or “none”.",
      ),
    ];
  }
  if (target.plainType !== column.plainType) {
    return [
      bad(
        `${column.name} is ${column.plainType}, ${target.name}.${target.column} is ${target.plainType}. Equal values would hash differently, so ${fullName(table)} cannot lie beside it.`,
        "Change the type of one column, or choose another table.",
      ),
    ];
  }
  return collationClash(column, target);
}

function collationClash(column: TableColumn, target: ColocationTarget): Note[] {
  if (target.collation === column.collation) return [];
  return [
    bad(
      `${column.name} has the collation ${column.collation}, ${target.name}.${target.column} has ${target.collation}. Colocated columns need the same.`,
      "Choose “none”, or change the collation of one column.",
    ),
  ];
}

function newGroup(shardCount: number, around: Surroundings): { landing: Landing | null; notes: Note[] } {
  const homes = around.nodes.filter((node) => node.mayHoldShards);
  if (homes.length === 0) {
    return {
      landing: null,
      notes: [
        bad(
          "No active node may hold shards, so there is no place for new ones.",
          "Open a node for shards on the screen Nodes.",
        ),
      ],
    };
  }
  if (around.replicationFactor > homes.length) {
    return {
      landing: null,
      notes: [
        bad(
          `citus.shard_replication_factor is ${around.replicationFactor}, and ${homes.length} node${homes.length === 1 ? "" : "s"} may hold shards. Each copy needs a node of its own.`,
          "Lower the setting, or open more nodes for shards.",
        ),
      ],
    };
  }
  const few =
    shardCount < homes.length
      ? [
          info(
            `${shardCount} shard${shardCount === 1 ? "" : "s"} for ${homes.length} nodes: some nodes will hold none of this table.`,
          ),
        ]
      : [];
  return { landing: { groupId: null, shardCount }, notes: few };
}
