import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import { heldOf, loadsOf } from "./balance";
import type { ClusterPicture } from "./cluster-picture";
import type { FindingFacts } from "./finding";
import { isJobOpen } from "./job";
import { isCoordinator } from "./node";
import { listOf } from "./node-names";
import type { WouldMove } from "./rebalance-would";
import { skewOf, skewSentence } from "./skew";

/** A sentence with its facts marked: what is `strong` is read first. */
export type Phrase = { text: string; strong?: boolean };

export type OverviewVerdict = {
  phrases: Phrase[];
  /** Whether by_disk_size would move anything. null: a size is not known, or it is not planned yet. */
  suggestsRebalance: boolean | null;
};

/** What is known beside the layout: who is silent, the newest background job, and what a rebalance would move. */
export type UnderWay = Pick<FindingFacts, "nodeFacts" | "jobs" | "would">;

/**
 * The cluster in a few sentences: who does not answer, how large it is, how evenly its bytes lie, and what a rebalance
 * would do. While one is under way the rest of it is no news, and another cannot be started.
 */
export function overviewVerdict(picture: ClusterPicture, { nodeFacts, jobs, would }: UnderWay): OverviewVerdict {
  const skew = skewOf(loadsOf(picture), "bytes");
  const job = jobs?.jobs.find(isJobOpen);
  const plan = job ? null : would;
  const phrases = [
    ...silentPhrases(picture, nodeFacts),
    sizePhrase(picture),
    { text: ` ${skewSentence(skew, picture.names)} ` },
    ...(job ? [{ text: `Job ${job.jobId} is under way.` }] : planPhrases(plan)),
  ];
  return { phrases, suggestsRebalance: plan && plan.moves > 0 };
}

function silentPhrases(picture: ClusterPicture, nodeFacts: FindingFacts["nodeFacts"]): Phrase[] {
  const silent = nodeFacts?.answers.filter((answer) => !answer.ok).map(({ nodeId }) => picture.names.get(nodeId) ?? "");
  if (!silent || silent.length === 0) return [];
  const who = silent.length > 3 ? `${silent.length} nodes` : listOf(silent);
  return [{ text: `${who} ${silent.length === 1 ? "does" : "do"} not answer. `, strong: true }];
}

function planPhrases(plan: WouldMove | null): Phrase[] {
  if (!plan) return [];
  if (plan.moves === 0) return [{ text: "A rebalance by size would move nothing." }];
  return [
    { text: "A rebalance by size would move " },
    { text: `${countOf(plan.moves, "shard group")}, about ${formatBytes(plan.bytes)}.`, strong: true },
  ];
}

function sizePhrase(picture: ClusterPicture): Phrase {
  const workers = picture.primaries.filter((node) => !isCoordinator(node)).length;
  const held = heldOf(picture);
  const shards = held.reduce((sum, load) => sum + load.shards, 0);
  const bytes = held.reduce((sum, load) => sum + load.bytes, 0);
  const atLeast = held.some((load) => load.isPartial) ? "at least " : "";
  const size = picture.isMeasured ? `, ${atLeast}${formatBytes(bytes)}` : "";
  return { text: `${countOf(workers, "worker")}, ${countOf(shards, "shard placement")}${size}.`, strong: true };
}
