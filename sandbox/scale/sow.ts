import type { SandboxState } from "../state.ts";
import type { ScaleSeed } from "../types.ts";
import { sowOnCitus } from "./sow-citus.ts";
import { sowOnStandIn } from "./sow-stand-in.ts";

/** The layout at scale, beside the sample data. */
export async function sowScale(state: SandboxState, seed: ScaleSeed): Promise<void> {
  if (state.engine === "stand-in") return sowOnStandIn(state, seed);
  if (seed.nodes !== undefined)
    throw new Error("On a real Citus every node is a process: --nodes is for the stand-in.");
  return sowOnCitus(state, seed);
}
