"use client";
import { useQuery } from "@tanstack/react-query";
import { useHealth } from "@/components/live/use-health";
import { Panel } from "@/components/ui/panel";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterId } from "@/lib/domain/cluster";
import type { Job } from "@/lib/domain/job";
import type { ClusterNode } from "@/lib/domain/node";
import { MODE_AUTO, type PlanState } from "@/lib/domain/rebalance";
import { rebalanceQueries } from "@/lib/queries/rebalance";
import { PlanCard } from "./plan-card";
import { PlanOptions } from "./plan-options";
import { PlannedMoves } from "./planned-moves";
import { type Starting, StartPanel } from "./start-panel";
import { useRebalanceOptions } from "./use-rebalance-options";
import { WhatIfPanel } from "./what-if-panel";

type Props = {
  clusterId: ClusterId;
  nodes: readonly ClusterNode[];
  newestJob: Job | undefined;
  onStart: (starting: Starting) => void;
};

/** Options, one plan per strategy side by side, what was checked, and the statement. */
export function PlanPanel({ clusterId, nodes, newestJob, onStart }: Props) {
  const choice = useRebalanceOptions();
  const layout = layoutOf(nodes, newestJob);
  const asked = useQuery(rebalanceQueries.plans(clusterId, choice, layout));
  const health = useHealth(clusterId).data?.data;
  const options = choice.optionsWith(asked.data);
  const chosen = asked.data?.plans.find((plan) => plan.strategy === options?.strategy && plan.threshold === null);
  return (
    <Panel label="Plans">
      <div className="grid grid-cols-[264px_minmax(0,1fr)] max-lg:grid-cols-1">
        <PlanOptions
          options={options}
          modes={asked.data?.modes ?? []}
          hasParallelFlags={health ? health.capabilities.parallelRebalance : null}
          onChange={choice.set}
          whatIf={choice.whatIf}
          onWhatIf={choice.setWhatIf}
        />
        <div className="min-w-0">
          {asked.error && (
            <ProblemBanner className="m-3" problem={problemOf(asked.error)} consequence="No plan could be asked for." />
          )}
          {!asked.data && !asked.error && <LoadingCards />}
          {asked.data && options && (
            <div
              role="radiogroup"
              aria-label="Strategy"
              className="grid h-full grid-cols-[repeat(auto-fit,minmax(250px,1fr))]"
            >
              {asked.data.plans.map((plan) => (
                <PlanCard
                  key={`${plan.strategy} ${plan.threshold}`}
                  state={plan}
                  isDefault={asked.data.strategies.some((one) => one.name === plan.strategy && one.isDefault)}
                  isChosen={plan === chosen}
                  pace={asked.data.paces[options.mode]}
                  nodes={nodes}
                  onChoose={() => choice.set({ strategy: plan.strategy })}
                />
              ))}
            </div>
          )}
        </div>
      </div>
      {isReady(chosen) && chosen.plan.moves.length > 0 && <PlannedMoves plan={chosen.plan} nodes={nodes} />}
      {options && isReady(chosen) && (
        <StartPanel
          clusterId={clusterId}
          options={options}
          plan={chosen.plan}
          madeAt={asked.dataUpdatedAt}
          isAsking={asked.isFetching}
          onRefresh={() => void asked.refetch()}
          onMode={(mode) => choice.set({ mode })}
          onStart={onStart}
        />
      )}
      <WhatIfPanel
        clusterId={clusterId}
        mode={options?.mode ?? MODE_AUTO}
        pace={options ? asked.data?.paces[options.mode] : undefined}
      />
    </Panel>
  );
}

const isReady = (state: PlanState | undefined): state is Extract<PlanState, { state: "ready" }> =>
  state?.state === "ready";

/** Whatever makes a plan old by itself: which nodes may hold shards, and the run that ended last. */
function layoutOf(nodes: readonly ClusterNode[], job: Job | undefined): string {
  const parts = nodes.map((node) => `${node.id}${node.isActive ? "a" : ""}${node.mayHoldShards ? "s" : ""}`);
  return [...parts, job ? `${job.jobId} ${job.state} ${job.startedAt}` : "no job"].join(",");
}

function LoadingCards() {
  return (
    <div className="grid h-full grid-cols-2 gap-3 p-3.5">
      <Skeleton className="h-full min-h-40 w-full" />
      <Skeleton className="h-full min-h-40 w-full" />
    </div>
  );
}
