import { statSync } from "node:fs";
import { join } from "node:path";
import { sandboxFromState } from "./from-state.ts";
import { readState } from "./state.ts";
import type { Sandbox } from "./types.ts";

/** A sandbox that another process started, by its state file or its folder. Disposing of it leaves it running. */
export function connectSandbox(fileOrFolder: string): Sandbox {
  const file = statSync(fileOrFolder).isDirectory() ? join(fileOrFolder, "state.json") : fileOrFolder;
  return sandboxFromState(readState(file), async () => {});
}
