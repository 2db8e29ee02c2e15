import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import { formatPercent } from "../format/percent";
import type { ClusterPicture } from "./cluster-picture";
import { type Finding, type FindingFacts, type FindingRule, ifAllAnswered } from "./finding";
import { FILLS_SOON_DAYS } from "./growth";
import { forecastSentence } from "./growth-sentences";
import { endOf } from "./history";
import { diskForecast } from "./history-growth";
import { addressOf, type ClusterNode, isCoordinator, type NodeId } from "./node";
import type { NodeFacts } from "./node-facts";
import { listOf } from "./node-names";

/** Below this share of free space a file system counts as nearly full. */
const DISK_LOW = 0.15;
/** Above this share of max_connections a node is about to refuse sessions. */
const CONNECTIONS_HIGH = 0.8;

type Told = { node: ClusterNode; facts: NodeFacts };

function told({ picture, nodeFacts }: FindingFacts): Told[] | null {
  if (!picture || !nodeFacts) return null;
  const byId = new Map(picture.nodes.map((node) => [node.id, node]));
  return nodeFacts.answers.flatMap((answer) => {
    const node = byId.get(answer.nodeId);
    return answer.ok && node ? [{ node, facts: answer.value }] : [];
  });
}

const nameIn = (picture: ClusterPicture, id: NodeId) => picture.names.get(id) ?? `node ${id}`;

const onePrimary: FindingRule = {
  passes: "One coordinator",
  check: ({ health }) => {
    if (!health) return null;
    const { primaries, inRecovery, answering } = health;
    if (primaries.length > 1)
      return [
        {
          tone: "bad",
          text: `${listOf(primaries)} both say that they are the coordinator's primary.`,
          detail: `Nothing is changed while it is so. Stop the one that is wrong; ${answering} is the one that is shown.`,
          screen: "nodes",
        },
      ];
    if (!inRecovery) return [];
    return [
      {
        tone: "bad",
        text: `The coordinator ${answering} is a standby.`,
        detail: "It can be read and not changed. Promote it, or name the primary in the configuration.",
        screen: "nodes",
      },
    ];
  },
};

const everyNodeAnswers: FindingRule = {
  passes: "Every node answers",
  check: ({ picture, nodeFacts }) => {
    if (!picture || !nodeFacts) return null;
    return nodeFacts.answers.flatMap((answer): Finding[] =>
      answer.ok
        ? []
        : [
            {
              tone: "bad",
              text: `Node ${nameIn(picture, answer.nodeId)} ${answer.problem.code === "node_unsteady" ? "answers on and off" : "does not answer"}.`,
              detail: `Queries that need its shards fail while it does not (${answer.problem.detail.replace(/\.$/, "")}).`,
              screen: "nodes",
            },
          ],
    );
  },
};

const everyNodeActive: FindingRule = {
  passes: "Nodes active",
  check: ({ picture }) => {
    if (!picture) return null;
    return picture.primaries
      .filter((node) => !node.isActive && !node.isClone)
      .map((node) => ({
        tone: "warn",
        text: `Node ${nameIn(picture, node.id)} is not active.`,
        detail: "It gets no queries and no metadata until it is activated.",
        screen: "nodes",
      }));
  },
};

const metadataInSync: FindingRule = {
  passes: "Metadata in sync",
  check: ({ picture }) => {
    if (!picture) return null;
    return picture.primaries
      .filter((node) => node.isActive && node.hasMetadata && !node.metadataSynced)
      .map((node) => ({
        tone: "warn",
        text: `The metadata on ${nameIn(picture, node.id)} is not in sync.`,
        detail:
          "Citus repeats the sync every few seconds; when it stays, that node cannot be reached by the coordinator.",
        screen: "nodes",
      }));
  },
};

const coordinatorKnown: FindingRule = {
  passes: "Coordinator set",
  check: ({ picture, coordinatorRegistered }) => {
    if (!picture || coordinatorRegistered === null) return null;
    const coordinator = picture.primaries.find(isCoordinator);
    if (!coordinator) {
      return [
        {
          tone: "warn",
          text: "The coordinator is not in pg_dist_node.",
          detail: "Foreign keys from local tables to reference tables, and local tables in metadata, need it there.",
          screen: "nodes",
        },
      ];
    }
    if (coordinator.host !== "localhost") return [];
    return [
      {
        tone: "warn",
        text: "The coordinator is registered as localhost.",
        detail: "Workers cannot reach it under that name, and Citus refuses to add one until its host is set.",
        screen: "nodes",
      },
    ];
  },
};

const sameVersions: FindingRule = {
  passes: "Same versions",
  check: (all) => {
    const nodes = told(all);
    if (!nodes || !all.picture) return null;
    const { picture } = all;
    const answers = all.nodeFacts?.answers ?? [];
    const versions = new Map<string, string[]>();
    for (const { node, facts } of nodes) {
      const version = `${facts.citusVersion}, PostgreSQL ${/^\S+/.exec(facts.postgresVersion)?.[0] ?? facts.postgresVersion}`;
      versions.set(version, [...(versions.get(version) ?? []), nameIn(picture, node.id)]);
    }
    if (versions.size < 2) return ifAllAnswered(answers, []);
    const detail = [...versions].map(([version, names]) => `${version} on ${listOf(names)}`).join("; ");
    return [{ tone: "warn", text: "The nodes run different versions.", detail: `${detail}.`, screen: "nodes" }];
  },
};

const diskFree: FindingRule = {
  passes: `Disk free > ${formatPercent(DISK_LOW)}`,
  check: (all) => {
    const nodes = told(all);
    const picture = all.picture;
    if (!nodes || !picture) return null;
    const known = nodes.filter(({ facts }) => facts.diskFreeBytes !== null && facts.diskTotalBytes !== null);
    if (known.length === 0) return null;
    const low = known
      .filter(({ facts }) => (facts.diskFreeBytes ?? 0) < DISK_LOW * (facts.diskTotalBytes ?? 0))
      .map(
        ({ node, facts }): Finding => ({
          tone: "warn",
          text: `Node ${nameIn(picture, node.id)} has ${formatBytes(facts.diskFreeBytes ?? 0)} of disk left.`,
          detail: `That is less than ${formatPercent(DISK_LOW)} of ${formatBytes(facts.diskTotalBytes ?? 0)}. A move that would leave too little fails.`,
          screen: "nodes",
        }),
      );
    return ifAllAnswered(all.nodeFacts?.answers ?? [], low);
  },
};

const disksLast: FindingRule = {
  passes: `No disk full in ${FILLS_SOON_DAYS} d`,
  check: ({ picture, diskFree: history }) => {
    if (!picture || !history) return null;
    const forecasts = picture.primaries.map((node) => ({ node, forecast: diskForecast(node.id, history) }));
    const soon = forecasts.flatMap(({ node, forecast }): Finding[] => {
      if (forecast.kind !== "full" || forecast.days >= FILLS_SOON_DAYS) return [];
      return [
        {
          tone: forecast.days < 2 ? "bad" : "warn",
          text: forecastSentence(nameIn(picture, node.id), forecast, endOf(history)),
          detail: "A node without disk takes no writes. Add a node and rebalance, make room, or enlarge the disk.",
          screen: "nodes",
        },
      ];
    });
    // Without a day of points nothing can be said of a node, which is not good news.
    return soon.length === 0 && forecasts.some(({ forecast }) => forecast.kind === "unknown") ? null : soon;
  },
};

const connectionsFree: FindingRule = {
  passes: `Connections < ${formatPercent(CONNECTIONS_HIGH)}`,
  check: (all) => {
    const nodes = told(all);
    if (!nodes) return null;
    const high = nodes
      .filter(({ facts }) => facts.connectionsUsed > CONNECTIONS_HIGH * facts.connectionsMax)
      .map(
        ({ node, facts }): Finding => ({
          tone: "warn",
          text: `Node ${addressOf(node)} uses ${countOf(facts.connectionsUsed, "connection")} of ${facts.connectionsMax}.`,
          detail: "When they are used up, new sessions and Citus' own connections are refused.",
          screen: "activity",
        }),
      );
    return ifAllAnswered(all.nodeFacts?.answers ?? [], high);
  },
};

export const NODE_RULES: readonly FindingRule[] = [
  onePrimary,
  everyNodeAnswers,
  everyNodeActive,
  metadataInSync,
  coordinatorKnown,
  sameVersions,
  diskFree,
  disksLast,
  connectionsFree,
];
