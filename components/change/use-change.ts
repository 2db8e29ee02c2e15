"use client";
import { useQuery } from "@tanstack/react-query";
import { useId, useMemo, useRef, useState } from "react";
import { problemOf } from "@/components/ui/query-state";
import { newActionId } from "@/lib/domain/action-id";
import type { ChangePlan, Run } from "@/lib/domain/change";
import type { ClusterId } from "@/lib/domain/cluster";
import { type PlanDifference, planDifference } from "@/lib/domain/plan-difference";
import type { ErrorCode, Problem } from "@/lib/errors";
import { type ChangeActions, changePlanQuery, useRun, useStartChange } from "@/lib/queries/changes";
import { type ConfirmedPlan, sendConfirmed } from "./send-confirmed";

export type ChangeState = {
  plan: ChangePlan | undefined;
  /** When the plan was made, epoch milliseconds. */
  plannedAt: number;
  isPlanning: boolean;
  /** The plan could not be made, or the start was refused. */
  problem: Problem | null;
  /** The plan changed between the look and the click; null: it did not. */
  difference: PlanDifference | null;
  isStarting: boolean;
  run: Run | undefined;
  replan: () => void;
  start: (typed: string | undefined, reason: string | undefined) => void;
};

/** What the cluster, or somebody on it, made of the plan meanwhile: it is made again. */
const MADE_AGAIN: readonly ErrorCode[] = ["stale_plan", "conflict"];

/**
 * One change from the question to its end: plan, start, follow. A start that the server refuses as stale makes the plan
 * again and keeps the old one for comparison; nothing starts until the new plan is confirmed.
 */
export function useChange<Input extends { clusterId: ClusterId }>(
  clusterId: ClusterId,
  actions: ChangeActions<Input>,
  input: Input | null,
): ChangeState {
  // Without an input nothing is asked: `enabled` is false and the placeholder is never sent.
  const asked = input ?? ({ clusterId } as Input);
  // A plan of its own: a panel that shows the same preview and makes it anew must not change it under the reader's hand.
  const planned = useQuery({ ...changePlanQuery(actions, asked, useId()), enabled: input !== null });
  const starting = useStartChange(asked, (confirmed: ConfirmedPlan) => sendConfirmed(actions, asked, confirmed));
  const isUnderWay = useRef(false);
  // One deed per dialog and input: sent again after a lost answer it is the same one, and runs once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another input is another deed
  const actionId = useMemo(() => newActionId(), [JSON.stringify(asked)]);
  const [confirmed, setConfirmed] = useState<{ plan: ChangePlan; actionId: string }>();
  const run = useRun(clusterId, confirmed?.actionId, starting.data);
  const plan = input === null ? undefined : planned.data;
  const startProblem = starting.error ? problemOf(starting.error) : null;
  const isStale = startProblem?.code === "stale_plan";

  return {
    plan,
    plannedAt: planned.dataUpdatedAt,
    isPlanning: input !== null && planned.isFetching,
    problem: (isStale ? null : startProblem) ?? (planned.error && input !== null ? problemOf(planned.error) : null),
    difference: isStale && confirmed && plan ? planDifference(confirmed.plan, plan) : null,
    isStarting: starting.isPending,
    run,
    replan: () => {
      starting.reset();
      void planned.refetch();
    },
    start: (typed, reason) => {
      // A double click is one deed: the second comes before React has drawn the button as busy.
      if (!plan || isUnderWay.current) return;
      isUnderWay.current = true;
      setConfirmed({ plan, actionId });
      starting.mutate(
        { plan, actionId, typed, reason },
        {
          onError: (error) => MADE_AGAIN.includes(problemOf(error).code) && void planned.refetch(),
          onSettled: () => {
            isUnderWay.current = false;
          },
        },
      );
    },
  };
}
