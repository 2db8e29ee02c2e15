"use client";
import { useState } from "react";
import { defaultStrategy, MODE_AUTO, type PlanSet, type RebalanceOptions } from "@/lib/domain/rebalance";

/** What the person chose; what nobody chose is Citus' own default. */
export function useRebalanceOptions() {
  const [chosen, setChosen] = useState<Partial<RebalanceOptions>>({});
  const [whatIf, setWhatIf] = useState<number | null>(null);
  return {
    drainOnly: chosen.drainOnly ?? false,
    whatIf,
    setWhatIf,
    set: (changed: Partial<RebalanceOptions>) => setChosen((known) => ({ ...known, ...changed })),
    /** null: which strategies there are is not known yet. */
    optionsWith(plans: PlanSet | undefined): RebalanceOptions | null {
      const strategies = plans?.strategies ?? [];
      const known = strategies.some((strategy) => strategy.name === chosen.strategy);
      const strategy = known ? chosen.strategy : defaultStrategy(strategies);
      if (strategy === undefined) return null;
      return {
        strategy,
        drainOnly: chosen.drainOnly ?? false,
        mode: chosen.mode ?? MODE_AUTO,
        parallelReferenceTables: chosen.parallelReferenceTables ?? false,
        parallelColocatedShards: chosen.parallelColocatedShards ?? false,
      };
    },
  };
}
