import clsx from "clsx";
import type { ReactNode } from "react";
import { Chip } from "@/components/ui/chip";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { Bytes } from "@/components/ui/quantity";
import { StatusWord } from "@/components/ui/status-word";
import { Unknown } from "@/components/ui/unknown";
import type { MovePace } from "@/lib/domain/move-pace";
import { secondsFor } from "@/lib/domain/move-pace";
import type { ClusterNode } from "@/lib/domain/node";
import { shortNames } from "@/lib/domain/node-names";
import { planSentence } from "@/lib/domain/plan-sentence";
import type { PlanState, RebalancePlan } from "@/lib/domain/rebalance";
import { formatCount } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { PlanBars } from "./plan-bars";

type Props = {
  state: PlanState;
  isDefault: boolean;
  isChosen: boolean;
  /** What a move costs here in the chosen mode; undefined: none ran yet. */
  pace: MovePace | undefined;
  nodes: readonly ClusterNode[];
  onChoose: () => void;
};

/** What one strategy would do now. The whole card is its radio button. */
export function PlanCard({ state, isDefault, isChosen, pace, nodes, onChoose }: Props) {
  return (
    <div
      className={clsx(
        "relative min-w-0 border-line border-r border-b px-3.5 py-3 last:border-r-0",
        isChosen && "bg-accent-weak shadow-[inset_0_2px_0_var(--accent)]",
      )}
    >
      {state.threshold !== null && <WhatIfHead strategy={state.strategy} threshold={state.threshold} />}
      {state.threshold === null && (
        <label className="flex min-h-6 cursor-pointer items-center gap-2 after:absolute after:inset-0">
          <input
            type="radio"
            name="strategy"
            checked={isChosen}
            onChange={onChoose}
            className="size-3.5 flex-none accent-accent"
          />
          <span className="min-w-0 flex-1 truncate font-medium font-mono">{state.strategy}</span>
          {isDefault && <Chip>cluster default</Chip>}
        </label>
      )}
      {state.state === "pending" && (
        <p className="mt-4 text-12">
          <StatusWord tone="running">Citus is planning</StatusWord>{" "}
          <span className="text-text-2">
            for {formatDuration(Math.max(1, Math.round(state.forMs / 1000)))}. It measures one shard group after
            another.
          </span>
        </p>
      )}
      {state.state === "failed" && <ProblemBanner className="relative mt-3" problem={state.problem} tone="warn" />}
      {state.state === "ready" && <Ready plan={state.plan} pace={pace} nodes={nodes} />}
      {state.threshold !== null && <p className="text-12 text-text-2">Preview only: a start takes no threshold.</p>}
    </div>
  );
}

function Ready({
  plan,
  pace,
  nodes,
}: {
  plan: RebalancePlan;
  pace: MovePace | undefined;
  nodes: readonly ClusterNode[];
}) {
  const seconds =
    pace &&
    secondsFor(
      pace,
      plan.moves.map((move) => move.bytes),
    );
  const isEmpty = plan.moves.length === 0;
  return (
    <>
      <dl className="my-2 flex flex-wrap justify-between gap-x-4 gap-y-1">
        <Figure label={plan.moves.length === 1 ? "move" : "moves"}>{formatCount(plan.moves.length)}</Figure>
        <Figure label="to copy">
          <Bytes value={plan.bytes} unknown="a node did not report the size of its shards" />
        </Figure>
        <Figure label="estimated">
          {isEmpty ? (
            "0 s"
          ) : seconds === undefined ? (
            <Unknown because="no move in this mode ran on this cluster yet, so there is nothing to estimate by" />
          ) : (
            <span title={`From ${pace?.from} moves on this cluster`}>about {formatDuration(Math.max(1, seconds))}</span>
          )}
        </Figure>
      </dl>
      <PlanBars plan={plan} nodes={nodes} />
      <p className="mt-1.5 text-pretty text-12 text-text-2">{planSentence(plan, shortNames(nodes))}</p>
      {isEmpty && plan.notices.length > 0 && <Reason notices={plan.notices} />}
    </>
  );
}

/** A plan that cannot be chosen: it answers what another threshold would do. */
function WhatIfHead({ strategy, threshold }: { strategy: string; threshold: number }) {
  return (
    <p className="flex min-h-6 items-center gap-2">
      <span className="min-w-0 flex-1 truncate font-medium font-mono">
        {strategy}, threshold {formatPercent(threshold)}
      </span>
      <Chip tone="warn">what if</Chip>
    </p>
  );
}

/** Term and number, the number first for the eye. */
function Figure({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col-reverse">
      <dt className="text-11 text-text-3">{label}</dt>
      <dd className="font-semibold text-18 leading-6 tracking-[-0.01em]">{children}</dd>
    </div>
  );
}

/** Why Citus leaves things as they are, in its own words. */
function Reason({ notices }: { notices: readonly string[] }) {
  return (
    <details className="relative mt-1 text-12 text-text-2">
      <summary className="w-fit py-1">What Citus says</summary>
      <ul className="grid gap-1 font-mono text-11">
        {notices.map((notice) => (
          <li key={notice} className="break-words">
            {notice}
          </li>
        ))}
      </ul>
    </details>
  );
}
