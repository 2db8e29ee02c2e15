import type { TestProject } from "vitest/node";
import { startSandbox } from "./start.ts";

declare module "vitest" {
  export interface ProvidedContext {
    sandboxState: string;
  }
}

/**
 * One sandbox for all cluster tests of a run; its files run one after another and put back what they break.
 * SANDBOX_STATE names the state file of one that already runs, which spares a developer the start.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const running = process.env.SANDBOX_STATE;
  if (running) {
    project.provide("sandboxState", running);
    return undefined;
  }
  const sandbox = await startSandbox({ pace: "test" });
  project.provide("sandboxState", sandbox.stateFile);
  return () => sandbox.dispose();
}
