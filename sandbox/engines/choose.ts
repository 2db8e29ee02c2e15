import type { EngineName, SandboxOptions } from "../types.ts";
import type { Engine } from "./engine.ts";
import { findCitus } from "./find-citus.ts";

function engineName({ engine, pace }: SandboxOptions): EngineName {
  const asked = engine ?? process.env.SANDBOX_ENGINE;
  if (asked === "citus" || asked === "stand-in") return asked;
  if (asked) throw new Error(`SANDBOX_ENGINE is "${asked}"; it may be citus or stand-in.`);
  // A demo shows the best there is; tests say the same on every machine unless told otherwise.
  return pace === "demo" && findCitus().bin !== null ? "citus" : "stand-in";
}

/** Loaded only when chosen, so that one engine's missing parts do not stop the other. */
export async function chooseEngine(options: SandboxOptions): Promise<Engine> {
  if (engineName(options) === "citus") return (await import("./citus.ts")).citusEngine;
  return (await import("./stand-in.ts")).standInEngine;
}
