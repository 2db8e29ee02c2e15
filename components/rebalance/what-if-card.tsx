import { Chip } from "@/components/ui/chip";
import { Bytes } from "@/components/ui/quantity";
import { Unknown } from "@/components/ui/unknown";
import type { MovePace } from "@/lib/domain/move-pace";
import type { ClusterNode } from "@/lib/domain/node";
import type { PlannerRules } from "@/lib/domain/planner-rules";
import type { WhatIf } from "@/lib/domain/what-if";
import { countOf } from "@/lib/format/count";
import { formatDuration } from "@/lib/format/duration";
import { formatPercent } from "@/lib/format/percent";
import { PlanBars } from "./plan-bars";

type Props = {
  rules: PlannerRules;
  plan: WhatIf | null;
  /** null: the strategy's own. */
  threshold: number | null;
  pace: MovePace | undefined;
  nodes: readonly ClusterNode[];
};

/** What one strategy would do in the scenario. */
export function WhatIfCard({ rules, plan, threshold, pace, nodes }: Props) {
  const used = Math.max(threshold ?? rules.threshold, rules.minimumThreshold);
  return (
    <li className="min-w-0 rounded-2 border border-line px-3 py-2.5">
      <div className="flex items-center gap-2">
        <h3 className="min-w-0 flex-1 truncate font-medium font-mono text-13">{rules.name}</h3>
        <span className="whitespace-nowrap text-11 text-text-3">threshold {formatPercent(used)}</span>
        {rules.isDefault && <Chip>cluster default</Chip>}
      </div>
      {threshold !== null && threshold < used && (
        <p className="text-12 text-warn">
          {formatPercent(threshold)} is below the least that {rules.name} allows.
        </p>
      )}
      {plan === null ? (
        <p className="mt-2 text-12 text-text-2">
          A node did not say how large its shards are, and this strategy weighs by size: nothing can be planned until it
          does.
        </p>
      ) : (
        <Planned plan={plan} pace={pace} nodes={nodes} />
      )}
    </li>
  );
}

function Planned({ plan, pace, nodes }: { plan: WhatIf; pace: MovePace | undefined; nodes: readonly ClusterNode[] }) {
  const seconds = pace && pace.secondsPerMove * plan.moves + pace.secondsPerByte * (plan.bytes ?? 0);
  return (
    <>
      <p className="my-1.5 text-13">
        <strong className="font-semibold">{plan.moves === 0 ? "Nothing moves" : countOf(plan.moves, "move")}</strong>
        {plan.moves > 0 && (
          <span className="text-text-2">
            , <Bytes value={plan.bytes} unknown="the size of a shard group that moves is not known" />,{" "}
            {seconds === undefined ? (
              <>
                time{" "}
                <Unknown because="no move in this mode ran on this cluster yet, so there is nothing to estimate by" />
              </>
            ) : (
              <span title={`From ${pace?.from} moves on this cluster`}>
                about {formatDuration(Math.max(1, seconds))}
              </span>
            )}
          </span>
        )}
      </p>
      <PlanBars plan={plan} nodes={nodes} />
      {plan.stuck > 0 && (
        <p className="mt-1 text-12 text-warn">
          {countOf(plan.stuck, "shard group")} may not stay where{" "}
          {plan.stuck === 1 ? "it is and has" : "they are and have"} nowhere to go.
        </p>
      )}
      {plan.hasIgnored && (
        <p className="mt-1 text-12 text-text-2">Moves that would gain too little for their size are left out.</p>
      )}
    </>
  );
}
