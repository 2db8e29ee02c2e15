"use client";
import { useUrlParams } from "@/components/ui/use-url-params";
import type { Scenario } from "@/lib/domain/what-if";
import { handMovesIn, handMovesText, withHandMove } from "@/lib/domain/what-if-address";

/** What is asked, kept in the address: `whatif` the cluster that is thought of, `threshold`, `put` what somebody put elsewhere. */
export function useWhatIfChoice() {
  const [params, change] = useUrlParams();
  const byHand = handMovesIn(params.get("put"));
  const threshold = Number(params.get("threshold") ?? Number.NaN);
  return {
    isOpen: params.has("whatif"),
    scenarioName: params.get("whatif") ?? "",
    threshold: threshold >= 0 && threshold <= 1 ? threshold : null,
    byHand,
    open: (isOpen: boolean) => change(isOpen ? { whatif: "as-it-is" } : { whatif: null, threshold: null, put: null }),
    setScenario: (name: string) => change({ whatif: name }),
    setThreshold: (value: number | null) => change({ threshold: value === null ? null : String(value) }),
    put: (move: Scenario["byHand"][number]) => change({ put: handMovesText(withHandMove(byHand, move)) }),
    putBack: () => change({ put: null }),
  };
}
