import { countOf } from "../format/count";
import { formatDuration } from "../format/duration";
import { lowerFirst } from "../format/lower-first";
import { loadsOf } from "./balance";
import { tableName } from "./cluster-picture";
import { leftoverCounts, leftoversOf } from "./debris";
import { stoppedDrains } from "./drain-left-off";
import { type Finding, type FindingRule, ifAllAnswered } from "./finding";
import { isJobOpen, isMoving } from "./job";
import { mapColumns } from "./map-columns";
import { listOf } from "./node-names";
import { runVerdict } from "./run-verdict";
import { isMovable } from "./shard-groups";
import { skewOf, skewSentence } from "./skew";

/** A lock wait this long is told; a shorter one is daily life. */
const WAIT_LONG_SECONDS = 10;
/** A shard group this many times the median of its colocation group is told. */
const LARGE = 3;
const SMALLEST_TOLD_BYTES = 8 * 1024 * 1024;

const balanced: FindingRule = {
  passes: "Balanced",
  check: ({ picture, jobs, would }) => {
    // While a job moves shard groups, how they lie is not an answer yet.
    if (!picture || !would || jobs?.jobs.some(isJobOpen)) return null;
    if (would.moves === 0) return [];
    return [
      {
        tone: "warn",
        text: `A rebalance by size would move ${countOf(would.moves, "shard group")}.`,
        detail: `Citus counts 100 MB for each shard group on top of its size. By that: ${skewSentence(skewOf(loadsOf(picture), "weight"), picture.names)}`,
        screen: "rebalance",
      },
    ];
  },
};

const replicaIdentities: FindingRule = {
  passes: "Replica identities",
  check: ({ picture }) => {
    if (!picture) return null;
    const without = picture.topology.tables.filter(
      (table) => isMovable(table) && !table.isPartitioned && table.replicaIdentity === "none",
    );
    if (without.length === 0) return [];
    const names = listOf(without.slice(0, 3).map((table) => tableName(picture, table.oid)));
    const more = without.length > 3 ? ` and ${without.length - 3} more` : "";
    return [
      {
        tone: "warn",
        text: `${without.length === 1 ? "Table" : "Tables"} ${names}${more} ${without.length === 1 ? "has" : "have"} no replica identity.`,
        detail:
          "In mode auto one such table in a group that moves stops the whole rebalance. Add a key, or choose another mode.",
        screen: "tables",
      },
    ];
  },
};

const largeGroups: FindingRule = {
  passes: "Group sizes even",
  check: ({ picture }) => {
    if (!picture?.isMeasured) return null;
    const large = mapColumns(picture).flatMap(({ colocationId, medianBytes, largestBytes, largestId }): Finding[] => {
      if (colocationId === null || largestId === null || !medianBytes || !largestBytes) return [];
      if (largestBytes < LARGE * medianBytes || largestBytes < SMALLEST_TOLD_BYTES) return [];
      return [
        {
          tone: "warn",
          text: `Shard group ${largestId} is ${(largestBytes / medianBytes).toFixed(1)} times the median of its colocation group.`,
          detail: "A rebalance moves a shard group as a whole; it cannot make one smaller.",
          screen: "shards",
        },
      ];
    });
    return large.length === 0 && picture.silent.length > 0 ? null : large;
  },
};

const placed: FindingRule = {
  passes: "All shards placed",
  check: ({ picture }) => {
    if (!picture) return null;
    const { ids, starts } = picture.topology.shards;
    const lost = ids.filter((_, index) => starts[index] === starts[index + 1]);
    if (lost.length === 0) return [];
    return [
      {
        tone: "bad",
        text: `${countOf(lost.length, "shard")} without a placement.`,
        detail: `Queries over ${lost.length === 1 ? "it" : "them"} fail. First: ${lost[0]}.`,
        screen: "shards",
      },
    ];
  },
};

const jobsHealthy: FindingRule = {
  passes: "Background jobs",
  check: ({ jobs }) => {
    if (!jobs) return null;
    const job = jobs.jobs[0];
    if (!job) return [];
    const failing = jobs.tasks.filter(
      (task) => task.status === "error" || (task.retryCount > 0 && task.message !== null && task.status !== "done"),
    );
    const [first] = failing;
    if (first && isJobOpen(job)) {
      return [
        {
          tone: "warn",
          text: `A task of job ${job.jobId} failed ${countOf(first.retryCount, "time")}.`,
          detail: first.message ?? "Citus says no reason.",
          screen: "rebalance",
        },
      ];
    }
    if (job.state !== "failed") return [];
    return [
      {
        tone: "warn",
        text: `Job ${job.jobId} failed.`,
        detail: first?.message ?? job.failure ?? "Citus says no reason.",
        screen: "rebalance",
      },
    ];
  },
};

const lastRunHelped: FindingRule = {
  passes: "Last run improved the balance",
  check: ({ jobs }) => {
    const job = jobs?.jobs[0];
    if (!jobs) return null;
    if (!job || !jobs.record) return [];
    const verdict = runVerdict(job, jobs.record);
    if (verdict?.tone !== "bad") return [];
    return [
      {
        tone: "warn",
        text: `Job ${job.jobId}: ${lowerFirst(verdict.text)}`,
        detail: verdict.detail,
        screen: "rebalance",
      },
    ];
  },
};

const lockWaits: FindingRule = {
  passes: `Lock waits < ${WAIT_LONG_SECONDS} s`,
  check: ({ activity }) => {
    if (!activity) return null;
    const long = activity.waits.filter((wait) => (wait.waitSeconds ?? 0) > WAIT_LONG_SECONDS);
    if (long.length === 0) return ifAllAnswered(activity.answers, []);
    const waiters = new Set(long.map((wait) => wait.waiter)).size;
    const longest = Math.max(...long.map((wait) => wait.waitSeconds ?? 0));
    return [
      {
        tone: "bad",
        text: `${countOf(waiters, "session")} ${waiters === 1 ? "has" : "have"} waited up to ${formatDuration(Math.round(longest))} for a lock.`,
        detail: "The graph shows who holds it and what ending that session lets go on.",
        screen: "activity",
      },
    ];
  },
};

const preparedLeft: FindingRule = {
  passes: "No left-over 2PC",
  check: ({ activity }) => {
    if (!activity?.prepared) return null;
    const old = activity.prepared.filter((one) => one.seconds > 300);
    if (old.length === 0) return ifAllAnswered(activity.answers, []);
    return [
      {
        tone: "warn",
        text: `${countOf(old.length, "prepared transaction")} older than 5 minutes.`,
        detail:
          "Citus recovers its own every minute; one that stays holds its locks. Look for its gid in pg_prepared_xacts.",
        screen: "activity",
      },
    ];
  },
};

const nothingLeftOver: FindingRule = {
  passes: "No leftovers of moves",
  check: ({ debris, jobs }) => {
    if (!debris || !jobs) return null;
    const leftovers = leftoversOf(debris, isMoving(jobs));
    if (leftovers.length === 0) return ifAllAnswered(debris.answers, []);
    const isStuck = leftovers.some(({ fate }) => fate !== "queued");
    return [
      {
        tone: isStuck ? "warn" : "info",
        text: `Moves left ${leftoverCounts(leftovers)} over.`,
        detail: isStuck
          ? "Citus does not remove all of it by itself; a slot that stays keeps WAL without end."
          : "Citus tries to remove it by itself; it can be done now.",
        screen: "rebalance",
      },
    ];
  },
};

const noDrainLeftOff: FindingRule = {
  passes: "No drain left off",
  check: ({ picture, jobs }) => {
    if (!picture || !jobs) return null;
    if (jobs.jobs.some(isJobOpen)) return [];
    return stoppedDrains(picture).map((node) => ({
      tone: "warn",
      text: `Node ${picture.names.get(node.id) ?? node.id} is closed for shards and still holds some.`,
      detail:
        "A drain was stopped or failed, or it was closed by hand. Drain it again, or open it for shards: that is the way back.",
      screen: "nodes",
    }));
  },
};

export const WORK_RULES: readonly FindingRule[] = [
  balanced,
  replicaIdentities,
  largeGroups,
  placed,
  jobsHealthy,
  lastRunHelped,
  nothingLeftOver,
  noDrainLeftOff,
  lockWaits,
  preparedLeft,
];
