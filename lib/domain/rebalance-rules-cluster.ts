import { countOf } from "../format/count";
import { formatDuration } from "../format/duration";
import type { Note } from "./change";
import { isJobOpen } from "./job";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import { RETRIES_TAKE, type RebalanceRule, someOf } from "./rebalance-check";

export const openJob: RebalanceRule = ({ jobs, clock }) => {
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

export const knownChoices: RebalanceRule = ({ options, modes, hasParallelFlags }) => {
  const notes: Note[] = [];
  if (!modes.includes(options.mode)) {
    notes.push({ tone: "bad", text: `This Citus has no transfer mode "${options.mode}". It has ${listOf(modes)}.` });
  }
  if (!hasParallelFlags && (options.parallelReferenceTables || options.parallelColocatedShards)) {
    notes.push({ tone: "bad", text: "This Citus cannot copy in parallel: the two flags came with 13.2." });
  }
  return notes;
};

export const answers: RebalanceRule = ({ asked, silent, plan, names }) => {
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

export const executors: RebalanceRule = ({ executors: total, executorsPerNode: perNode, plan }) => {
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

export const ownership: RebalanceRule = ({ login, notOwned }) =>
  notOwned.length === 0
    ? []
    : [
        {
          tone: "bad",
          text: `Login ${login} does not own ${someOf(notOwned)}.`,
          detail: "Citus lets only the owner of every distributed table start a rebalance.",
        },
      ];
