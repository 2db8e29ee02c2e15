import type { LayoutEngine, ToldFailure } from "./layout-engine";

/** Which of the engine's deeds, for whom. */
export type ToWorker = {
  [Deed in keyof LayoutEngine]: { callId: number; deed: Deed; ask: Parameters<LayoutEngine[Deed]>[0] };
}[keyof LayoutEngine];
export type FromWorker = { callId: number } & ({ answer: unknown } | { failure: ToldFailure });

/** Does what a message asks for. */
export function done(engine: LayoutEngine, { deed, ask }: ToWorker): Promise<never> {
  return (engine[deed] as (ask: unknown) => Promise<never>)(ask);
}
