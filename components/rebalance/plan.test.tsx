import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { rebalancePlanOf } from "@/lib/domain/picture-plan";
import type { PlanState, RebalancePlan } from "@/lib/domain/rebalance";
import { RECORDED_PLAN, recordedCluster } from "@/lib/testing/recorded-plan";
import { PlanCard } from "./plan-card";
import { PlanOptions } from "./plan-options";
import { StartChecks } from "./start-checks";

const PICTURE = recordedCluster();
const planOf = (over: Partial<RebalancePlan> = {}, picture = PICTURE): RebalancePlan => ({
  ...rebalancePlanOf(RECORDED_PLAN, picture, { strategy: "by_disk_size", drainOnly: false, notices: [], tookMs: 20 }),
  ...over,
});
const OPTIONS = {
  strategy: "by_disk_size",
  drainOnly: false,
  mode: "auto",
  parallelReferenceTables: false,
  parallelColocatedShards: false,
};

const PACE = { secondsPerMove: 6, secondsPerByte: 0, from: 14 };

function card(state: PlanState, pace: typeof PACE | undefined = PACE, onChoose = () => {}) {
  const { container } = render(
    <PlanCard state={state} isDefault isChosen={false} pace={pace} nodes={PICTURE.nodes} onChoose={onChoose} />,
  );
  return container.textContent ?? "";
}

test("a plan says moves, bytes, about how long, and each node before and after", async () => {
  const onChoose = vi.fn();
  const text = card({ state: "ready", strategy: "by_disk_size", threshold: null, plan: planOf() }, PACE, onChoose);
  expect(text).toContain("moves14");
  expect(text).toContain("about 1 min 24 s");
  expect(text).toContain("0 → 14 shard groups");
  expect(text).toContain("+39 % of the mean now, 0 % after");
  await userEvent.click(screen.getByRole("radio", { name: /by_disk_size/ }));
  expect(onChoose).toHaveBeenCalledOnce();
});

test("without a move of this mode on this cluster there is no estimate, and it says why", () => {
  const { container } = render(
    <PlanCard
      state={{ state: "ready", strategy: "by_disk_size", threshold: null, plan: planOf() }}
      isDefault={false}
      isChosen
      pace={undefined}
      nodes={PICTURE.nodes}
      onChoose={() => {}}
    />,
  );
  expect(container.textContent).toContain("unknown: no move in this mode ran on this cluster yet");
});

test("sizes that a node did not report are unknown and not zero", () => {
  const picture = recordedCluster({ silent: [2] });
  const text = card({ state: "ready", strategy: "by_disk_size", threshold: null, plan: planOf({}, picture) });
  expect(text).toContain("unknown: a node did not report the size of its shards");
});

test("a plan that takes long says for how long, and why", () => {
  const text = card({ state: "pending", strategy: "by_disk_size", threshold: null, forMs: 24_000 });
  expect(text).toContain("Citus is planning for 24 s");
});

test("a plan that Citus could not make names the node", () => {
  const problem = { code: "node_unreachable" as const, detail: ":55166 does not answer.", traceId: "t" };
  expect(card({ state: "failed", strategy: "by_disk_size", threshold: null, problem })).toContain(
    ":55166 does not answer.",
  );
});

test("already balanced, with Citus' own reason to unfold", () => {
  const text = card({
    state: "ready",
    strategy: "by_disk_size",
    threshold: null,
    plan: planOf({ moves: [], bytes: 0, notices: ["Ignoring move of shard 7"] }),
  });
  expect(text).toContain("Already balanced by this strategy.");
  expect(text).toContain("Ignoring move of shard 7");
});

test("flags that this version lacks are off with the reason; what is not known yet is not called missing", () => {
  const { rerender } = render(
    <PlanOptions
      options={OPTIONS}
      modes={["auto"]}
      hasParallelFlags={false}
      onChange={() => {}}
      whatIf={null}
      onWhatIf={() => {}}
    />,
  );
  expect(screen.getAllByText(/Citus 13\.2 brought this flag/)).toHaveLength(2);
  rerender(
    <PlanOptions
      options={OPTIONS}
      modes={["auto"]}
      hasParallelFlags={null}
      onChange={() => {}}
      whatIf={null}
      onWhatIf={() => {}}
    />,
  );
  expect(screen.queryByText(/Citus 13\.2 brought this flag/)).toBeNull();
});

test("beside the tables without replica identity stands the choice that settles it", async () => {
  const onMode = vi.fn();
  const checks = [
    {
      tone: "bad" as const,
      text: "Tables public.no_pk and public.t_alt have no replica identity.",
      detail: "Mode auto would refuse.",
    },
    { tone: "info" as const, text: "Moves run one after another." },
  ];
  render(<StartChecks checks={checks} options={OPTIONS} plan={planOf()} onMode={onMode} />);
  expect(screen.getByText("2 checks, 1 needs you, 1 to know")).toBeTruthy();
  await userEvent.click(screen.getByRole("radio", { name: "block_writes" }));
  expect(onMode).toHaveBeenCalledWith("block_writes");
});

test("a plan with another threshold is for looking only: it cannot be chosen", () => {
  const text = card({ state: "ready", strategy: "by_disk_size", threshold: 0.02, plan: planOf() });
  expect(text).toContain("by_disk_size, threshold 2 %");
  expect(text).toContain("Preview only: a start takes no threshold.");
  expect(screen.queryByRole("radio")).toBeNull();
});
