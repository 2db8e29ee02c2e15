"use client";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { MovePace } from "@/lib/domain/move-pace";
import type { PlannerFacts } from "@/lib/domain/planner-rules";
import { primariesIn, type Scenario } from "@/lib/domain/what-if";
import { scenarioChoices } from "@/lib/domain/what-if-address";
import { formatPercent } from "@/lib/format/percent";
import { useWhatIf } from "@/lib/queries/what-if";
import type { useWhatIfChoice } from "./use-what-if-choice";
import { WhatIfBlocks } from "./what-if-blocks";
import { WhatIfCard } from "./what-if-card";
import { WhatIfWays } from "./what-if-ways";

type Props = {
  picture: ClusterPicture;
  facts: PlannerFacts;
  mode: string;
  pace: MovePace | undefined;
  choice: ReturnType<typeof useWhatIfChoice>;
};

const OWN = "each strategy's own";
const THRESHOLDS = [0, 0.02, 0.05, 0.1, 0.2, 0.5];

/** The question, one answer for each strategy side by side, what was put elsewhere by hand, and how it could be done. */
export function WhatIfBench({ picture, facts, mode, pace, choice }: Props) {
  const workers = picture.primaries.filter((node) => node.isActive && node.mayHoldShards);
  const choices = scenarioChoices(workers, picture.names);
  const chosen = choices.find((one) => one.name === choice.scenarioName) ?? choices[0];
  const scenario: Scenario = {
    addedNodes: 0,
    without: null,
    doubled: null,
    isSplit: false,
    ...chosen?.scenario,
    byHand: choice.byHand,
  };
  const nodes = primariesIn(picture, scenario);
  const planned = useWhatIf(picture, facts, scenario, choice.threshold);
  const unknown = facts.strategies.filter((one) => !one.known);
  return (
    <div className="mt-3 grid gap-3">
      <div className="flex flex-wrap gap-x-4 gap-y-2">
        <Select
          label="The cluster"
          value={chosen?.name ?? ""}
          options={choices.map(({ name, label }) => ({ value: name, label }))}
          onChange={choice.setScenario}
        />
        <Select
          label="Threshold"
          value={choice.threshold === null ? OWN : String(choice.threshold)}
          options={[
            { value: OWN, label: OWN },
            ...THRESHOLDS.map((one) => ({ value: String(one), label: formatPercent(one) })),
          ]}
          onChange={(value) => choice.setThreshold(value === OWN ? null : Number(value))}
        />
      </div>
      {planned.error && <ProblemBanner problem={problemOf(planned.error)} consequence="Nothing could be planned." />}
      {!planned.data && !planned.error && <Skeleton className="h-40 w-full" />}
      {planned.data && (
        <ul className="grid grid-cols-[repeat(auto-fit,minmax(250px,1fr))] gap-3" aria-label="Plans of the strategies">
          {planned.data.map(({ rules, plan }) => (
            <WhatIfCard
              key={rules.name}
              rules={rules}
              plan={plan}
              threshold={choice.threshold}
              pace={pace}
              nodes={nodes}
            />
          ))}
          {unknown.map((one) => (
            <li key={one.name} className="rounded-2 border border-line px-3 py-2.5 text-12 text-text-2">
              <h3 className="font-medium font-mono text-13 text-text-1">{one.name}</h3>
              Its functions cannot be asked, so it cannot be planned here: {one.because}
            </li>
          ))}
        </ul>
      )}
      <WhatIfBlocks
        picture={picture}
        nodes={nodes}
        byHand={choice.byHand}
        onPut={choice.put}
        onPutBack={choice.putBack}
      />
      {planned.data && (
        <WhatIfWays planned={planned.data} scenario={scenario} threshold={choice.threshold} mode={mode} />
      )}
    </div>
  );
}
