"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ClusterPicture } from "@/lib/domain/cluster-picture";
import type { PlannerFacts, PlannerRules } from "@/lib/domain/planner-rules";
import type { WouldMove } from "@/lib/domain/rebalance-would";
import type { Scenario, WhatIf } from "@/lib/domain/what-if";
import { layoutEngine } from "./layout-door";
import { pictureIds } from "./picture-ids";

/** What one strategy would do; null: a size that it asks for is not known. */
export type Planned = { rules: PlannerRules; plan: WhatIf | null };

/** What every strategy whose rules are known would do in the scenario, planned in the page's worker. The plans before stay until the next are there. */
export function useWhatIf(
  picture: ClusterPicture,
  { tableOids, strategies }: PlannerFacts,
  scenario: Scenario,
  threshold: number | null,
): { data: readonly Planned[] | undefined; error: Error | null } {
  const made = pictureIds.get(picture);
  const rules = strategies.flatMap((one) => (one.known ? [one.rules] : []));
  return useQuery({
    queryKey: ["what if", made?.clusterId, made?.pictureId, rules, tableOids, scenario, threshold],
    queryFn: async (): Promise<readonly Planned[]> => {
      const asked = made && (await layoutEngine().whatIf({ ...made, rules, tableOids, scenario, threshold }));
      // The worker has made another picture since: that one is on its way here, and until then this one is planned here.
      const plans = asked ?? (await plannedHere(picture, rules, tableOids, scenario, threshold));
      return rules.map((one, index) => ({ rules: one, plan: plans[index] ?? null }));
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
}

async function plannedHere(
  picture: ClusterPicture,
  rules: readonly PlannerRules[],
  ...scenario: [readonly number[], Scenario, number | null]
): Promise<(WhatIf | null)[]> {
  const { whatIf } = await import("@/lib/domain/what-if");
  return rules.map((one) => whatIf(picture, one, ...scenario));
}

/** What a rebalance by size would move, planned in the page's worker; null: a size is not known, or it is not planned yet. */
export function useRebalanceWould(picture: ClusterPicture | null): WouldMove | null {
  const made = picture ? pictureIds.get(picture) : undefined;
  const { data } = useQuery({
    queryKey: ["rebalance would", made?.clusterId, made?.pictureId],
    queryFn: async () => {
      const asked = made && (await layoutEngine().would(made));
      if (asked !== undefined || !picture) return asked ?? null;
      const { rebalanceWould } = await import("@/lib/domain/rebalance-would");
      return rebalanceWould(picture);
    },
    enabled: picture !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    // The plan before stays until the next is there: a picture is made anew with every size that comes.
    placeholderData: (before, query) => (query?.queryKey[1] === made?.clusterId ? before : undefined),
  });
  return data ?? null;
}
