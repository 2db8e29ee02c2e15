import type { Note } from "./change";
import type { Job } from "./job";
import type { NodeId } from "./node";
import { listOf } from "./node-names";
import type { RebalanceOptions, RebalancePlan } from "./rebalance";

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

/** One thing that is looked at, and what it means. A `bad` note is why the rebalance cannot start. */
export type RebalanceRule = (check: RebalanceCheck) => readonly Note[];

/** A task that fails is tried again for this long before Citus gives it up: 5 s, 20 s, then every minute, 32 times. */
export const RETRIES_TAKE = "about 30 minutes";

/** "a, b, c and 17 more": a sentence stays a sentence. */
export function someOf(names: readonly string[]): string {
  return listOf(names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names);
}
