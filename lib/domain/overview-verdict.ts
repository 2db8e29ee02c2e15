import { formatBytes } from "../format/bytes";
import { countOf } from "../format/count";
import { heldOf, loadsOf } from "./balance";
import type { ClusterPicture } from "./cluster-picture";
import { isCoordinator } from "./node";
import { amountOf, LEFT_ALONE, skewOf, skewSentence } from "./skew";

/** A sentence with its facts marked: what is `strong` is read first. */
export type Phrase = { text: string; strong?: boolean };

export type OverviewVerdict = {
  phrases: Phrase[];
  /** Whether a rebalance has anything to do, as far as can be told without asking Citus for a plan. */
  suggestsRebalance: boolean;
};

/**
 * The cluster in two sentences: how large it is, whether it is balanced, and about what a rebalance would do.
 * What would move is arithmetic over the means, said with "about"; the plan itself is Citus' own and is asked for on its screen.
 */
export function overviewVerdict(picture: ClusterPicture): OverviewVerdict {
  const loads = loadsOf(picture);
  const skew = skewOf(loads, "weight");
  const phrases = [sizePhrase(picture), { text: ` ${skewSentence(skew, picture.names)}` }];
  const toMove = excess(picture);
  if (!toMove) return { phrases, suggestsRebalance: false };
  const what = `about ${countOf(toMove.groups, "shard group")}, ${formatBytes(toMove.bytes)}.`;
  return {
    phrases: [...phrases, { text: " Rebalancing would move " }, { text: what, strong: true }],
    suggestsRebalance: true,
  };
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

/** Shard groups above the mean of the nodes that count, and everything on nodes that are closed. null: nothing, or not known. */
function excess(picture: ClusterPicture): { groups: number; bytes: number } | null {
  const loads = loadsOf(picture);
  const skew = skewOf(loads, "weight");
  if (skew.isPartial || !skew.busiest || !skew.emptiest) return null;
  const furthest = Math.max(skew.busiest.above, -skew.emptiest.above);
  if (furthest <= LEFT_ALONE && skew.closed.length === 0) return null;
  const total = loads.reduce((sum, load) => sum + load.groups, 0);
  const bytesPerGroup = loads.reduce((sum, load) => sum + load.bytes, 0) / Math.max(1, total);
  const weightPerGroup = loads.reduce((sum, load) => sum + amountOf(load, "weight"), 0) / Math.max(1, total);
  const mean =
    (skew.mean * skew.counted.length + skew.closed.reduce((sum, load) => sum + amountOf(load, "weight"), 0)) /
    skew.counted.length;
  const above = skew.counted.reduce((sum, load) => sum + Math.max(0, amountOf(load, "weight") - mean), 0);
  const groups = Math.round(above / weightPerGroup) + skew.closed.reduce((sum, load) => sum + load.groups, 0);
  return groups > 0 ? { groups, bytes: groups * bytesPerGroup } : null;
}
