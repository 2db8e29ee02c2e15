import "server-only";
import { workerNotes } from "@/lib/domain/candidate-worker";
import type { Note } from "@/lib/domain/change";
import { addressOf, type ClusterNode, isCoordinator } from "@/lib/domain/node";
import type { ClusterVersions } from "@/lib/domain/node-candidate";
import { addressInput } from "@/lib/domain/node-change";
import { mayAdd } from "@/lib/domain/node-rules";
import { fullName } from "@/lib/domain/table-facts";
import type { Topology } from "@/lib/domain/topology";
import { countOf } from "@/lib/format/count";
import { call, change, type Effect, NOTHING_BEFORE } from "@/server/changes/define";
import type { Address, Target } from "@/server/clusters";
import { readHealth } from "@/server/health/reads";
import { run } from "@/server/pg/run";
import * as reads from "@/server/sql/nodes";
import * as statements from "@/server/sql/nodes-write";
import { operationsNote, readCandidate } from "../candidate";
import { checkHost } from "../host-check";
import { readNodesNow } from "../now";
import { listNodes } from "../reads";
import { rightNote } from "../rights";
import { silenceNotes, silentPrimaries } from "../silence";
import { ALL_NODES, NODE_TOPICS } from "./one-node";

/** Makes a running server a worker. Everything that would make Citus fail, or succeed by mistake, is looked at before. */
export const addNode = change({
  name: "node.add",
  permission: "node:add",
  input: addressInput,
  doing: (subject) => `adding ${subject}`,
  before: NOTHING_BEFORE,
  prepare: async (target, { host, port }) => {
    const address = { host, port };
    const now = await readNodesNow(target);
    const verdict = mayAdd(address, now.nodes);
    const entry = await checkHost(target, host);
    return {
      subject: addressOf(address),
      steps: [
        {
          title: `Register ${addressOf(address)}, copy the metadata to it, and make it active`,
          takes: "a few seconds",
          calls: [call(statements.addNode, address)],
        },
      ],
      notes: !verdict.allowed
        ? [{ tone: "bad", text: verdict.because }]
        : // Before the list was asked nobody connects to it, the coordinator neither.
          entry.note.tone === "bad"
          ? [entry.note]
          : [entry.note, ...(await notesFor(target, address, now.nodes, now.topology))],
      dependsOn: entry.basis,
      claims: [ALL_NODES],
      before: null,
      refresh: NODE_TOPICS,
    };
  },
  effect: (target, { input }) => effect(target, input),
});

async function notesFor(
  target: Target,
  address: Address,
  nodes: readonly ClusterNode[],
  topology: Topology,
): Promise<Note[]> {
  const [reading, cluster, right, silent] = await Promise.all([
    readCandidate(target, address, nodes, target.logins.admin === null ? "ops" : "admin"),
    readClusterVersions(target, nodes),
    rightNote(target, "citus_add_node", { superuser: true }),
    silentPrimaries(target, nodes),
  ]);
  const notes = right.tone === "bad" ? [right] : [...workerNotes(reading, cluster), right];
  // Where it cannot be added, what would come afterwards is noise.
  if (notes.some((note) => note.tone === "bad")) return notes;
  const operations = await operationsNote(target, address);
  return [...notes, ...operations, ...silenceNotes(silent), ...registrationNote(nodes), afterwardsNote(topology)];
}

async function readClusterVersions(target: Target, nodes: readonly ClusterNode[]): Promise<ClusterVersions> {
  const [health, [identity]] = await Promise.all([readHealth(target), run(target, reads.ownIdentity, undefined)]);
  const coordinator = nodes.find((node) => isCoordinator(node) && node.role === "primary");
  return {
    ...health,
    serverId: identity?.server_id ?? null,
    coordinator: coordinator ? addressOf(coordinator) : null,
    nodes,
  };
}

/** Citus lets the worker in, and fails later: at local tables in the metadata, at foreign keys to reference tables. */
function registrationNote(nodes: readonly ClusterNode[]): Note[] {
  if (nodes.some(isCoordinator)) return [];
  return [
    {
      tone: "warn",
      text: "The coordinator is not registered.",
      detail: "Set the coordinator's host first: without it some tables and foreign keys fail later.",
    },
  ];
}

function afterwardsNote({ tables }: Topology): Note {
  const reference = tables.filter((table) => table.kind === "reference").map(fullName);
  if (reference.length === 0) return { tone: "info", text: "No shard moves by this.", detail: "Rebalance afterwards." };
  return {
    tone: "info",
    text: `No shard moves by this, and ${countOf(reference.length, "reference table")} (${firstOf(reference)}) ${reference.length === 1 ? "is" : "are"} not copied yet.`,
    detail: "The first rebalance, or the next distributed table, copies them to it.",
  };
}

function firstOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown}, …` : shown;
}

async function effect(target: Target, { host, port }: Address): Promise<Effect> {
  const node = (await listNodes(target)).find((candidate) => candidate.host === host && candidate.port === port);
  if (!node) return { seen: false, sentence: `${addressOf({ host, port })} is not in pg_dist_node.` };
  return {
    seen: node.isActive,
    sentence: `pg_dist_node has ${addressOf(node)} as node ${node.id}, ${node.isActive ? "active" : "inactive"}, ${node.metadataSynced ? "metadata synced" : "metadata not synced yet"}.`,
  };
}
