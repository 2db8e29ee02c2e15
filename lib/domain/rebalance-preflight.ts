import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import { formatDuration } from "../format/duration";
import type { Note } from "./change";
import { isJobOpen, type Job } from "./job";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import { MODE_AUTO, MODE_BLOCK_WRITES, type RebalanceOptions, type RebalancePlan } from "./rebalance";

/** What a node says about its room. */
export type NodeRoom = {
  walLevel: string;
  slots: number;
  slotsUsed: number;
  diskFree: number | null;
  diskTotal: number | null;
};

/** Everything that is looked at before a rebalance starts. */
export type RebalanceCheck = {
  options: RebalanceOptions;
  plan: RebalancePlan;
  names: ReadonlyMap<NodeId, string>;
  jobs: readonly Job[];
  /** The coordinator's clock, from which "since" is told. */
  clock: number;
  /** How many active primaries were asked, and which of them did not answer. */
  asked: number;
  silent: readonly NodeId[];
  /** What nodes said of their room; a node that could not tell is missing. */
  rooms: ReadonlyMap<NodeId, NodeRoom>;
  modes: readonly string[];
  hasParallelFlags: boolean;
  executors: number | null;
  executorsPerNode: number | null;
  /** The starting login, and distributed tables that it does not own. */
  login: string;
  notOwned: readonly string[];
  /** citus.desired_percent_disk_available_after_move */
  diskPercent: number | null;
};

type Rule = (check: RebalanceCheck) => readonly Note[];

/** A task that fails is tried again for this long before Citus gives it up: 5 s, 20 s, then every minute, 32 times. */
const RETRIES_TAKE = "about 30 minutes";

const openJob: Rule = ({ jobs, clock }) => {
  const open = jobs.find(isJobOpen);
  if (!open) return [{ tone: "ok", text: "No rebalance is under way." }];
  const since = open.startedAt === null ? "" : `, for ${formatDuration((clock - open.startedAt) / 1000)}`;
  return [
    {
      tone: "bad",
      text: `A rebalance is already running as job ${open.jobId}${since}.`,
      detail: "Citus runs one at a time. Wait for its end, or stop it.",
    },
  ];
};

const knownChoices: Rule = ({ options, modes, hasParallelFlags }) => {
  const notes: Note[] = [];
  if (!modes.includes(options.mode)) {
    notes.push({ tone: "bad", text: `This Citus has no transfer mode "${options.mode}". It has ${listOf(modes)}.` });
  }
  if (!hasParallelFlags && (options.parallelReferenceTables || options.parallelColocatedShards)) {
    notes.push({ tone: "bad", text: "This Citus cannot copy in parallel: the two flags came with 13.2." });
  }
  return notes;
};

/** "a, b, c and 17 more": a sentence stays a sentence. */
function someOf(names: readonly string[]): string {
  return listOf(names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
}

const replicaIdentity: Rule = ({ options, plan }) => {
  const tables = plan.tablesWithoutIdentity;
  if (tables.length === 0 || options.mode === MODE_BLOCK_WRITES) return [];
  const text = `${tables.length === 1 ? "Table" : "Tables"} ${someOf(tables)} ${tables.length === 1 ? "has" : "have"} no replica identity.`;
  if (options.mode === MODE_AUTO) {
    return [
      {
        tone: "bad",
        text,
        detail:
          "Mode auto would refuse the whole run because of it. Choose force_logical or block_writes, or add a primary key.",
      },
    ];
  }
  return [
    {
      tone: "warn",
      text,
      detail: `With ${options.mode}, UPDATE and DELETE on ${tables.length === 1 ? "it" : "them"} fail while a shard moves.`,
    },
  ];
};

const writesWait: Rule = ({ options, plan }) =>
  options.mode === MODE_BLOCK_WRITES && plan.moves.length > 0
    ? [
        {
          tone: "warn",
          text: "Writes to a shard group wait while it is copied.",
          detail: "Mode block_writes copies under a lock. Reads go on.",
        },
      ]
    : [];

const answers: Rule = ({ asked, silent, plan, names }) => {
  if (silent.length === 0) return [{ tone: "ok", text: `All ${asked} nodes answer.` }];
  const nameOf = (nodeId: NodeId) => names.get(nodeId) ?? `node ${nodeId}`;
  const text = `${listOf(silent.map(nameOf))} ${silent.length === 1 ? "does" : "do"} not answer.`;
  const involved = plan.moves.some((move) => silent.includes(move.sourceNodeId) || silent.includes(move.targetNodeId));
  return [
    involved
      ? {
          tone: "bad",
          text,
          detail: `The plan moves shards from or to it. Citus would retry such a move for ${RETRIES_TAKE}.`,
        }
      : {
          tone: "warn",
          text,
          detail: `Every node learns of every move. While one does not answer, moves may fail and are retried for ${RETRIES_TAKE}.`,
        },
  ];
};

const executors: Rule = ({ executors: total, executorsPerNode: perNode, plan }) => {
  if (total === null || plan.moves.length === 0) return [];
  const atOnce = total === 1 ? "Moves run one after another" : `At most ${total} moves run at once`;
  const node = perNode === null ? "" : `, and a node takes part in at most ${countOf(perNode, "move")}`;
  return [
    {
      tone: "info",
      text: `${atOnce}${total === 1 ? "" : node}.`,
      detail: `citus.max_background_task_executors is ${total}${perNode === null ? "" : `, citus.max_background_task_executors_per_node is ${perNode}`} on this cluster now.`,
    },
  ];
};

const closedNodes: Rule = ({ plan, names }) => {
  const closed = plan.nodes.filter((node) => !node.counts && node.groups > node.groupsAfter);
  if (closed.length === 0) return [];
  const list = listOf(closed.map((node) => names.get(node.nodeId) ?? `node ${node.nodeId}`));
  const groups = closed.reduce((sum, node) => sum + node.groups - node.groupsAfter, 0);
  return [
    {
      tone: "info",
      text: `${list} may not hold shards and will be emptied too: ${countOf(groups, "shard group")}.`,
      detail: "A rebalance first takes everything off closed nodes, whatever else it does.",
    },
  ];
};

const logicalReplication: Rule = ({ options, plan, rooms, names }) => {
  if (options.mode === MODE_BLOCK_WRITES) return [];
  const sources = [...new Set(plan.moves.map((move) => move.sourceNodeId))];
  const notes: Note[] = [];
  for (const nodeId of sources) {
    const room = rooms.get(nodeId);
    const name = names.get(nodeId) ?? `node ${nodeId}`;
    if (!room) continue;
    if (room.walLevel !== "logical") {
      notes.push({
        tone: "bad",
        text: `wal_level on ${name} is ${room.walLevel}; mode ${options.mode} needs logical.`,
        detail: `Citus does not check this: each move would fail and be retried for ${RETRIES_TAKE}. Mode block_writes works without.`,
      });
    } else if (room.slotsUsed >= room.slots) {
      notes.push({
        tone: "bad",
        text: `${name} has no free replication slot: ${room.slotsUsed} of ${room.slots} are in use.`,
        detail:
          "A logical move needs one per owner of the moving tables. Raise max_replication_slots or drop what is not used.",
      });
    }
  }
  return notes;
};

const disk: Rule = ({ plan, rooms, names, diskPercent }) => {
  const gains = new Map<NodeId, number>();
  for (const { targetNodeId, bytes } of plan.moves)
    gains.set(targetNodeId, (gains.get(targetNodeId) ?? 0) + (bytes ?? 0));
  const notes: Note[] = [];
  for (const [nodeId, gain] of gains) {
    const room = rooms.get(nodeId);
    if (!room || room.diskFree === null || room.diskTotal === null) continue;
    const name = names.get(nodeId) ?? `node ${nodeId}`;
    const mustStay = ((diskPercent ?? 0) / 100) * room.diskTotal;
    const words = `${name} has ${formatBytes(room.diskFree)} free and gets ${formatBytes(gain)}`;
    if (room.diskFree - gain >= mustStay) notes.push({ tone: "ok", text: `${words}.` });
    else
      notes.push({
        tone: "warn",
        text: `${words}: less than ${diskPercent} % of its disk would stay free.`,
        detail: "Citus refuses such a move. citus.desired_percent_disk_available_after_move sets the share.",
      });
  }
  return notes;
};

const ownership: Rule = ({ login, notOwned }) =>
  notOwned.length === 0
    ? []
    : [
        {
          tone: "bad",
          text: `Login ${login} does not own ${someOf(notOwned)}.`,
          detail: "Citus lets only the owner of every distributed table start a rebalance.",
        },
      ];

const nothingToMove: Rule = ({ plan }) =>
  plan.moves.length > 0
    ? []
    : [
        {
          tone: "info",
          text: plan.drainOnly
            ? "No closed node holds a shard: nothing to move."
            : "Already balanced: nothing to move.",
          ...(plan.notices.length > 0 && { detail: plan.notices.join(" ") }),
        },
      ];

const unknownSizes: Rule = ({ plan }) => {
  const unknown = plan.moves.filter((move) => move.bytes === null).length;
  return unknown === 0
    ? []
    : [{ tone: "warn", text: `The size of ${countOf(unknown, "move")} is not known: its source did not report it.` }];
};

/** In the order in which a reader has to act on them; the first `bad` one is why it cannot start. */
const RULES: readonly Rule[] = [
  openJob,
  knownChoices,
  ownership,
  answers,
  replicaIdentity,
  logicalReplication,
  disk,
  unknownSizes,
  writesWait,
  closedNodes,
  executors,
  nothingToMove,
];

const ORDER: Record<Note["tone"], number> = { bad: 0, warn: 1, info: 2, ok: 3 };

/** What was looked at before a rebalance, the worst first. */
export function rebalanceNotes(check: RebalanceCheck): Note[] {
  const notes = RULES.flatMap((rule) => rule(check));
  return notes.sort((a, b) => ORDER[a.tone] - ORDER[b.tone]);
}
