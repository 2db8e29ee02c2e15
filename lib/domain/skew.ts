import type { NodeLoad } from "./balance";
import { addressOf, type NodeId } from "./node";
import { listOf } from "./node-names";

/** `weight` is what Citus' default strategy by_disk_size compares: bytes, and 100 MB more for each shard group. */
export type Measure = "bytes" | "groups" | "shards" | "weight";

/** citus.rebalancer_by_disk_size_base_cost as it is shipped (Citus 12.0 and newer). */
const BASE_COST_BYTES = 100 * 1024 * 1024;

/** The band around the mean inside which Citus' default strategy leaves a node alone. */
const LEFT_ALONE = 0.1;

/** How evenly something is spread over the nodes that may hold shards. */
export type Skew = {
  measure: Measure;
  /** Of the known values per node that counts; 0 when none does. */
  mean: number;
  /** `mean` is "at least": some node's value is not known in full. */
  isPartial: boolean;
  /** How far the busiest node is above the mean: 0.35 is 35 %. null: not known, or nothing to compare. */
  busiest: { load: NodeLoad; above: number } | null;
  /** How far the emptiest node is below it, as a negative number. */
  emptiest: { load: NodeLoad; above: number } | null;
  /** Nodes whose sizes are not known in full. */
  unknown: NodeLoad[];
  /** Nodes that count. */
  counted: NodeLoad[];
  /** Nodes that hold something though they may not be given shards: what a drain would empty. */
  closed: NodeLoad[];
};

export function amountOf(load: NodeLoad, measure: Measure): number {
  return measure === "weight" ? load.bytes + load.groups * BASE_COST_BYTES : load[measure];
}

export function skewOf(loads: readonly NodeLoad[], measure: Measure): Skew {
  const counted = loads.filter((load) => load.counts);
  const closed = loads.filter((load) => !load.counts && load.groups > 0);
  const bySize = measure === "bytes" || measure === "weight";
  const unknown = bySize ? loads.filter((load) => load.isPartial) : [];
  const total = counted.reduce((sum, load) => sum + amountOf(load, measure), 0);
  const mean = counted.length > 0 ? total / counted.length : 0;
  const ranked = counted
    .map((load) => ({ load, above: amountOf(load, measure) / mean - 1 }))
    .sort((a, b) => b.above - a.above);
  const isComparable = unknown.length === 0 && mean > 0;
  return {
    measure,
    mean,
    isPartial: unknown.length > 0,
    busiest: isComparable ? (ranked[0] ?? null) : null,
    emptiest: isComparable ? (ranked.at(-1) ?? null) : null,
    unknown,
    counted,
    closed,
  };
}

/** The skew as people say it, one or two sentences. */
export function skewSentence(skew: Skew, names: ReadonlyMap<NodeId, string>): string {
  const nameOf = ({ node }: NodeLoad) => names.get(node.id) ?? addressOf(node);
  const closed = skew.closed.map((load) => {
    const groups = `${load.groups} shard group${load.groups === 1 ? "" : "s"}`;
    const state = load.node.isActive ? "closed for shards" : "disabled";
    return ` ${nameOf(load)} is ${state} and still holds ${groups}.`;
  });
  return `${mainSentence(skew, nameOf)}${closed.join("")}`;
}

function mainSentence(skew: Skew, nameOf: (load: NodeLoad) => string): string {
  const { counted, unknown, busiest, emptiest } = skew;
  if (counted.length === 0) return "No active node may hold shards.";
  if (unknown.length > 0) {
    return `Balance is unknown: ${listOf(unknown.map(nameOf))} did not report all shard sizes.`;
  }
  if (!busiest || !emptiest) return "The nodes that may hold shards hold nothing of this.";
  if (counted.length === 1) return `${nameOf(busiest.load)} is the only node that may hold shards.`;
  const furthest = Math.max(busiest.above, -emptiest.above);
  if (furthest <= LEFT_ALONE) return furthest < 0.005 ? "Balanced." : `Balanced within ${percent(furthest)}.`;
  const empty = counted.filter((load) => amountOf(load, skew.measure) === 0);
  if (empty.length > 0) {
    const holds = empty.length === 1 ? "has" : "have";
    return `Busiest node ${nameOf(busiest.load)} is ${percent(busiest.above)} above the mean; ${listOf(empty.map(nameOf))} ${holds} none.`;
  }
  if (busiest.above > LEFT_ALONE)
    return `Busiest node ${nameOf(busiest.load)} is ${percent(busiest.above)} above the mean.`;
  return `Emptiest node ${nameOf(emptiest.load)} is ${percent(-emptiest.above)} below the mean.`;
}

/** Never "0 %": something that differs is at least 1 %. */
function percent(fraction: number): string {
  return `${Math.max(1, Math.round(fraction * 100))} %`;
}
