import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import { MODE_AUTO, MODE_BLOCK_WRITES } from "./rebalance";
import { someOf } from "./rebalance-check";
import { diskNotes, replicationNotes } from "./room-notes";
import type { ShardCheck, ShardRoom, ShardRule } from "./shard-check";
import { fullName } from "./table-facts";

const nameIn = ({ names }: ShardCheck, nodeId: NodeId) => names.get(nodeId) ?? `node ${nodeId}`;

export const noJob: ShardRule = ({ openJobId }) =>
  openJobId === null
    ? []
    : [
        {
          tone: "bad",
          text: `A rebalance is already running as job ${openJobId}.`,
          detail: "Its moves were planned with every shard group where it is now. Wait for its end, or stop it.",
        },
      ];

export const owned: ShardRule = ({ login, notOwned, deed }) =>
  notOwned.length === 0
    ? []
    : [
        {
          tone: "bad",
          text: `Login ${login} does not own ${someOf(notOwned)}.`,
          detail: `Citus lets only the owner of every table of the group ${deed} it. Make ${login} a member of the owner.`,
        },
      ];

/** Citus writes where shards are on every node, and with the copying already done it fails when one is away. */
export const allAnswer: ShardRule = (check) => {
  if (check.silent.length === 0) return [{ tone: "ok", text: `All ${check.asked} nodes answer.` }];
  const names = listOf(check.silent.map((nodeId) => nameIn(check, nodeId)));
  const verb = check.silent.length === 1 ? "does" : "do";
  return [
    {
      tone: "bad",
      text: `${names} ${verb} not answer.`,
      detail: "Every node learns where a shard is. Citus would copy first, then fail, and undo what it copied.",
    },
  ];
};

/** What is not known of a node that takes part is no reason to go on: whatever has the shard's name there would be dropped. */
export const allTold: ShardRule = (check) =>
  check.unread
    .filter(({ nodeId }) => [check.source, ...check.targets].some((node) => node.id === nodeId))
    .map(({ nodeId, because }) => ({
      tone: "bad",
      text: `${nameIn(check, nodeId)} could not tell what it has by the names of the shards.`,
      detail: `It says: ${because}. Check again.`,
    }));

export const identity: ShardRule = ({ mode, tables, deed }) => {
  const lacking = tables.filter((table) => table.replicaIdentity === "none" && !table.isPartitioned).map(fullName);
  if (lacking.length === 0 || mode === MODE_BLOCK_WRITES) return [];
  const text = `${lacking.length === 1 ? "Table" : "Tables"} ${someOf(lacking)} ${lacking.length === 1 ? "has" : "have"} no replica identity.`;
  if (mode === MODE_AUTO)
    return [
      {
        tone: "bad",
        text,
        detail: "Mode auto refuses it. Choose force_logical or block_writes, or add a primary key.",
      },
    ];
  return [{ tone: "warn", text, detail: `With ${mode}, UPDATE and DELETE on it fail during the ${deed}.` }];
};

/** Moves use PostgreSQL's own decoder; splitting uses Citus', which a superuser has to allow first. */
export const decoder: ShardRule = (check) => {
  if (!check.needsDecoder || check.mode === MODE_BLOCK_WRITES) return [];
  const refusing = [...check.rooms].filter(([, room]) => room.outputPlugins !== null && !allows(room.outputPlugins));
  const [first] = refusing;
  if (!first) return [];
  const names = listOf(refusing.map(([nodeId]) => nameIn(check, nodeId)));
  return [
    {
      tone: "bad",
      text: `PostgreSQL on ${names} does not let Citus decode the WAL: citus is not in output_plugin_libraries.`,
      detail: `Have a superuser run there: ALTER SYSTEM SET output_plugin_libraries = ${listed(first[1].outputPlugins ?? "")}; SELECT pg_reload_conf(); or choose block_writes.`,
    },
  ];
};

export const wal: ShardRule = ({ mode, source, rooms, names }) => replicationNotes(mode, [source.id], rooms, names);

export const room: ShardRule = ({ gains, rooms, names, diskPercent }) => {
  const known = new Map([...gains].flatMap(([nodeId, bytes]) => (bytes === null ? [] : [[nodeId, bytes] as const])));
  return known.size < gains.size
    ? [
        {
          tone: "warn",
          text: "The size of the shard group is not known, so neither is whether it fits.",
          detail: "The node that holds it did not tell.",
        },
      ]
    : diskNotes(known, rooms, names, diskPercent);
};

/** What Citus has not on record it takes for its own and drops before it copies, if the login may. */
export const nameClash: ShardRule = (check) =>
  check.targets
    .filter((target) => target.id !== check.source.id)
    .flatMap((target) => {
      const recorded = check.records.filter((record) => record.nodeId === target.id).map((record) => bare(record.name));
      const there = check.rooms.get(target.id)?.relations.map((relation) => relation.name) ?? [];
      const clashing = there.filter((name) => !recorded.includes(bare(name)));
      return clashing.length === 0
        ? []
        : [
            {
              tone: "bad" as const,
              text: `${nameIn(check, target.id)} has ${someOf(clashing)} already, which is no placement.`,
              detail: "Citus would drop it before it copies. Look at what is in it, and rename or drop it there.",
            },
          ];
    });

export const leftovers: ShardRule = (check) => {
  const lost = check.records.filter((record) => record.nodeId === null);
  if (lost.length > 0)
    return [
      {
        tone: "bad",
        text: `${someOf(lost.map((record) => record.name))} is on record to be removed from a node that is gone.`,
        detail: `Citus looks by name only and refuses. Have a superuser run: DELETE FROM pg_catalog.pg_dist_cleanup WHERE record_id IN (${lost.map((record) => record.recordId).join(", ")});`,
      },
    ];
  const here = check.records.filter((record) => check.targets.some((target) => target.id === record.nodeId));
  return here.length === 0
    ? []
    : [
        {
          tone: "info",
          text: `${countOf(here.length, "copy", "copies")} of an earlier move ${here.length === 1 ? "is" : "are"} dropped there first.`,
        },
      ];
};

export const writes: ShardRule = ({ mode, deed }) =>
  mode === MODE_BLOCK_WRITES
    ? [
        {
          tone: "warn",
          text: `Writes to the shard group wait during the ${deed}.`,
          detail: "Mode block_writes copies under a lock. Reads go on.",
        },
      ]
    : [];

/** Bytes of the group's shards at its source; null: some of them are not there, or were not measured. */
export function groupBytes(room: ShardRoom | undefined, shards: number): number | null {
  if (!room || room.relations.length < shards) return null;
  return room.relations.reduce<number | null>(
    (sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes),
    0,
  );
}

/** "3 shards, 9.6 MB"; without the bytes where they are not known. */
export function amountWords(shards: number, bytes: number | null): string {
  return `${countOf(shards, "shard")}${bytes === null ? "" : `, ${formatBytes(bytes)}`}`;
}

const allows = (list: string) => list.split(",").some((name) => name.trim().replaceAll('"', "") === "citus");

/** The list with citus in it, as the statement writes it. */
function listed(list: string): string {
  const names = list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return [...names, "citus"].map((name) => `'${name.replaceAll("'", "''")}'`).join(", ");
}

const bare = (name: string) => name.replaceAll('"', "");
