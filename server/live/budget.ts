import "server-only";
import type { TopicName } from "@/lib/domain/live";
import type { Target } from "@/server/clusters";
import { clusterLabel } from "@/server/telemetry/cluster-label";
import { count } from "@/server/telemetry/counters";
import { fairLevel, pacedWithin, type Wish } from "./fair-pace";

/** So long may a cluster be read as if there were no budget, from a full purse: first looks and short visits are instant. */
const PURSE_HOLDS_MS = 10 * 60_000;
/** While there are debts this part of what comes in is spent, and the rest pays them. */
const IN_DEBT = 0.8;
/** What one read costs as a rule: a mean that forgets. */
const NEWEST_COUNTS = 0.3;

/** What this console may have a cluster's servers do for it, in the long run. */
export type Budget = {
  /** A read has ended; its busiest server worked so long. */
  charge: (topic: TopicName, busiestMs: number) => void;
  /** How long the next scheduled read of the topic waits: its own pace, or longer where the purse is empty, but not longer than `mostMs`. */
  paceOf: (topic: TopicName, paceMs: number, mostMs?: number) => number;
  /** The topic is not read any more until somebody looks. */
  leave: (topic: TopicName) => void;
  /** Milliseconds in the purse; below 0: debts. */
  balanceMs: () => number;
};

/**
 * A purse that fills with `share` of the time that passes. Every read is paid from it, whoever asked; only scheduled ones wait when it
 * is empty, so that in the long run no server works more than that share of the time for all who look.
 */
export function createBudget(
  share: number,
  now: () => number = () => performance.now(),
  putOff: (topic: TopicName, byMs: number) => void = () => {},
): Budget {
  const most = PURSE_HOLDS_MS * share;
  const wishes = new Map<TopicName, Wish>();
  const costs = new Map<TopicName, number>();
  const lasts = new Map<TopicName, number>();
  let balance = most;
  let filledAt = now();

  function fill(): number {
    const at = now();
    balance = Math.min(most, balance + (at - filledAt) * share);
    filledAt = at;
    return balance;
  }

  return {
    charge(topic, busiestMs) {
      fill();
      balance -= busiestMs;
      // A server that stood still for once makes no topic a dear one.
      const usual = Math.min(busiestMs, lasts.get(topic) ?? busiestMs);
      lasts.set(topic, busiestMs);
      const known = costs.get(topic) ?? usual;
      costs.set(topic, known + (usual - known) * NEWEST_COUNTS);
    },
    paceOf(topic, paceMs, mostMs = Number.POSITIVE_INFINITY) {
      const wish = { costMs: costs.get(topic) ?? 0, paceMs };
      wishes.set(topic, wish);
      if (fill() > 0) return paceMs;
      const paced = pacedWithin(wish, fairLevel([...wishes.values()], share * IN_DEBT));
      const next = Math.min(paced, Math.max(paceMs, mostMs));
      if (next > paceMs) putOff(topic, next - paceMs);
      return next;
    },
    leave(topic) {
      wishes.delete(topic);
    },
    balanceMs: fill,
  };
}

/** On globalThis: what is read and what is measured may be different copies of this module. */
const holder = globalThis as typeof globalThis & { __shardboardBudgets?: Map<string, Budget> };

/** The one purse of a cluster. */
export function budgetOf({ clusterId, readShare }: Pick<Target, "clusterId" | "readShare">): Budget {
  holder.__shardboardBudgets ??= new Map();
  const known =
    holder.__shardboardBudgets.get(clusterId) ??
    createBudget(readShare, undefined, (topic, byMs) =>
      count("putOffSeconds", [clusterLabel(clusterId), topic], byMs / 1_000),
    );
  holder.__shardboardBudgets.set(clusterId, known);
  return known;
}
