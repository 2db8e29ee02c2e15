import type { LayoutEngine, ToldFailure } from "./layout-engine";
import type { Parcel } from "./layout-parcels";

/** Which of the engine's deeds, for whom. */
export type ToWorker = {
  [Deed in keyof LayoutEngine]: { callId: number; deed: Deed; ask: Parameters<LayoutEngine[Deed]>[0] };
}[keyof LayoutEngine];
export type FromWorker = { callId: number } & ({ parcel: Parcel } | { failure: ToldFailure });

/** Whose columns stand in an answer. What is read of a topic and what comes along with its news are alike. */
export function aboutOf({ deed, ask }: ToWorker): string {
  return "topic" in ask ? `${ask.topic} ${ask.clusterId}` : `${deed} ${ask.clusterId}`;
}

/** Does what a message asks for. */
export function done(engine: LayoutEngine, { deed, ask }: ToWorker): Promise<never> {
  return (engine[deed] as (ask: unknown) => Promise<never>)(ask);
}
