import { ERROR_SENTENCES, type Problem } from "../errors";
import { countOf } from "../format/count";
import type { ClusterLabel } from "./cluster";
import type { Health } from "./health";
import { isJobOpen, type Jobs } from "./job";
import type { Nodes } from "./node";
import type { NodeFactsTopic } from "./node-facts";
import { listOf, shortNames } from "./node-names";
import type { Role } from "./permission";

/** A cluster as the list of all clusters knows it before any of them was asked. */
export type FleetCluster = {
  label: ClusterLabel;
  /** The role of the person who looks. */
  role: Role;
  /** "citus-a:5432, citus-b:5432" */
  coordinators: string;
};

/** What is known of one cluster; null: not read yet, or never to be had. */
export type FleetFacts = {
  health: Health | null;
  problem: Problem | null;
  nodes: Nodes | null;
  nodeFacts: NodeFactsTopic | null;
  jobs: Jobs | null;
};

export type FleetAlarm = { tone: "bad" | "warn"; text: string };

/** What of a cluster wants somebody's attention, the worst first. */
export function fleetAlarms(
  { health, problem, nodes, nodeFacts, jobs }: FleetFacts,
  label: ClusterLabel,
): FleetAlarm[] {
  const silent = silentNames(nodes, nodeFacts);
  const inactive = nodes?.nodes.filter((node) => !node.isActive && !node.isClone).length ?? 0;
  const unsynced = nodes?.nodes.filter((node) => node.isActive && node.hasMetadata && !node.metadataSynced).length ?? 0;
  const [job] = jobs?.jobs ?? [];
  const all: (FleetAlarm | null)[] = [
    problem && { tone: "bad", text: ERROR_SENTENCES[problem.code].title },
    health && health.primaries.length > 1
      ? { tone: "bad", text: `${listOf(health.primaries)} both say that they are the primary` }
      : null,
    silent.length > 0
      ? { tone: "bad", text: `${silentWords(silent)} ${silent.length === 1 ? "does" : "do"} not answer` }
      : null,
    job?.state === "failed" ? { tone: "bad", text: `Job ${job.jobId} failed` } : null,
    label.isInsecure ? { tone: "bad", text: "Connections are not encrypted" } : null,
    health?.inRecovery ? { tone: "warn", text: "A standby answers in the primary's place" } : null,
    inactive > 0 ? { tone: "warn", text: `${countOf(inactive, "node")} not active` } : null,
    unsynced > 0 ? { tone: "warn", text: `${countOf(unsynced, "node")} without current metadata` } : null,
  ];
  return all.filter((alarm) => alarm !== null);
}

function silentNames(nodes: Nodes | null, nodeFacts: NodeFactsTopic | null): string[] {
  if (!nodes || !nodeFacts) return [];
  const nameOf = shortNames(nodes.nodes);
  return nodeFacts.answers.flatMap((answer) => (answer.ok ? [] : (nameOf.get(answer.nodeId) ?? [])));
}

function silentWords(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} nodes` : listOf(names);
}

/** "5 of 5 answer"; null while either is not known. */
export function fleetNodes(nodes: Nodes | null, nodeFacts: NodeFactsTopic | null): string | null {
  if (!nodes || !nodeFacts) return null;
  const answering = nodeFacts.answers.filter((answer) => answer.ok).length;
  return `${answering} of ${nodes.nodes.length} answer`;
}

/** "Job 7: 3 of 15 tasks"; null: none is open, or it is not known. */
export function fleetJob(jobs: Jobs | null): string | null {
  const job = jobs?.jobs.find(isJobOpen);
  if (!jobs || !job) return null;
  const done = jobs.tasks.filter((task) => task.status === "done").length;
  return `Job ${job.jobId}: ${done} of ${countOf(jobs.tasks.length, "task")}`;
}
