import type { Activity } from "./activity";
import type { ClusterPicture } from "./cluster-picture";
import type { Debris } from "./debris";
import type { Health } from "./health";
import type { History } from "./history";
import type { Jobs } from "./job";
import type { NodeFactsTopic } from "./node-facts";
import type { WouldMove } from "./rebalance-would";
import type { Replication } from "./replication";

/** The screens a finding can send to. */
export type FindingScreen = "nodes" | "shards" | "tables" | "rebalance" | "activity" | "replication";

/** Something a DBA should know, with what it means and where it is dealt with. */
export type Finding = { tone: "bad" | "warn" | "info"; text: string; detail: string; screen: FindingScreen };

/** What the rules look at; null: not read yet, or not answered. */
export type FindingFacts = {
  health: Pick<Health, "primaries" | "inRecovery" | "answering"> | null;
  picture: ClusterPicture | null;
  /** What a rebalance by size would move; planned apart from the rest, because it takes its time. */
  would: WouldMove | null;
  coordinatorRegistered: boolean | null;
  nodeFacts: NodeFactsTopic | null;
  jobs: Jobs | null;
  activity: Activity | null;
  replication: Replication | null;
  debris: Debris | null;
  /** How much of each node's disk was free in the last days. */
  diskFree: History | null;
};

/** A rule with what is true when it finds nothing. `null` from `check`: what it needs is not known, which is neither good nor bad. */
export type FindingRule = { passes: string; check: (facts: FindingFacts) => Finding[] | null };

/** Nothing found where everybody answered is good news; where somebody did not, it is no news at all. */
export function ifAllAnswered(answers: readonly { ok: boolean }[], found: Finding[]): Finding[] | null {
  return found.length === 0 && answers.some((answer) => !answer.ok) ? null : found;
}
