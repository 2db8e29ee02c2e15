"use client";
import { useQuery } from "@tanstack/react-query";
import { useBecause } from "@/components/live/access";
import { Button } from "@/components/ui/button";
import { ProblemBanner } from "@/components/ui/problem-banner";
import { problemOf } from "@/components/ui/query-state";
import { Skeleton } from "@/components/ui/skeleton";
import { SqlBlock } from "@/components/ui/sql-block";
import { Time } from "@/components/ui/time";
import type { ChangePlan } from "@/lib/domain/change";
import { ALLOWED, type ClusterId, refused, type Verdict } from "@/lib/domain/cluster";
import type { RebalanceOptions, RebalancePlan } from "@/lib/domain/rebalance";
import { formatBytes } from "@/lib/format/bytes";
import { countOf } from "@/lib/format/count";
import { changePlanQuery } from "@/lib/queries/changes";
import { rebalanceStartActions } from "@/lib/queries/rebalance";
import { StartChecks } from "./start-checks";

type Props = {
  clusterId: ClusterId;
  options: RebalanceOptions;
  plan: RebalancePlan;
  /** When the plan came, epoch milliseconds. */
  madeAt: number;
  isAsking: boolean;
  onRefresh: () => void;
  onMode: (mode: string) => void;
  onStart: (starting: Starting) => void;
};

/** What the person is about to start. The dialog that asks is the screen's: it outlives this panel, whose place the run takes. */
export type Starting = { options: RebalanceOptions; what: string; moves: number };

/** What was looked at, the statement as it will be sent, and the one button that sends it (after one more look). */
export function StartPanel({ clusterId, options, plan, madeAt, isAsking, onRefresh, onMode, onStart }: Props) {
  const preview = useQuery(changePlanQuery(rebalanceStartActions, { clusterId, ...options }));
  const what = whatOf(plan);
  const because = useBecause("rebalance:start", mayStart(plan, preview.data, preview.error));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(340px,430px)] border-line border-t max-lg:grid-cols-1">
      <div className="min-w-0 border-line border-r px-3.5 py-2.5 max-lg:border-r-0 max-lg:border-b">
        {preview.data ? (
          <StartChecks checks={preview.data.notes} options={options} plan={plan} onMode={onMode} />
        ) : (
          <Waiting error={preview.error} />
        )}
      </div>
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2.5 px-3.5 py-2.5">
        {preview.data && <SqlBlock sql={sqlOf(preview.data)} login={preview.data.login} />}
        <div className="flex flex-wrap items-center justify-end gap-2">
          <span className="flex-1 basis-28 text-12 text-text-3">
            Plan made <Time at={madeAt} />, made anew at Start.
          </span>
          <Button busy={isAsking} onClick={onRefresh}>
            Refresh plan
          </Button>
          <Button
            variant="primary"
            because={because}
            onClick={() => onStart({ options, what, moves: plan.moves.length })}
          >
            Start: {what}…
          </Button>
        </div>
      </div>
    </div>
  );
}

/** "14 moves, 42 MB" */
function whatOf(plan: RebalancePlan): string {
  if (plan.moves.length === 0) return "nothing to move";
  const moves = countOf(plan.moves.length, "move");
  return plan.bytes === null ? moves : `${moves}, ${formatBytes(plan.bytes)}`;
}

function sqlOf(plan: ChangePlan): string {
  return plan.steps.flatMap((step) => step.sql).join("\n");
}

function mayStart(plan: RebalancePlan, preview: ChangePlan | undefined, error: Error | null): Verdict {
  if (plan.moves.length === 0) return refused("There is nothing to move.");
  if (error) return refused("The checks could not be made.");
  if (!preview) return refused("The cluster is being looked at.");
  return preview.refusal === null ? ALLOWED : refused(preview.refusal);
}

function Waiting({ error }: { error: Error | null }) {
  if (error)
    return <ProblemBanner problem={problemOf(error)} consequence="What has to be looked at before is not known." />;
  return (
    <div className="grid gap-2">
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  );
}
