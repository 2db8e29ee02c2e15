import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "./cluster/build.ts";
import { guard } from "./cluster/guard.ts";
import { restore, stopEverything, wake } from "./cluster/run-state.ts";
import { tearDown } from "./cluster/teardown.ts";
import { chooseEngine } from "./engines/choose.ts";
import { removeTree } from "./folders/copy.ts";
import { abandonedFolders, MARKER, takeFolder } from "./folders/own-folder.ts";
import { checkReach } from "./folders/reach.ts";
import { sandboxFromState } from "./from-state.ts";
import { chooseAccount } from "./processes/account.ts";
import { keptState, writeState } from "./state.ts";
import type { Sandbox, SandboxOptions } from "./types.ts";

/**
 * Starts a cluster from nothing: a coordinator, three workers, one more that is not in the cluster yet, and two standbys.
 * However the calling process ends, its guardian stops them and removes the folder.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const engine = await chooseEngine(options);
  const account = chooseAccount();
  await Promise.all(abandonedFolders().map(tearDown));
  const { dir, isStale } = takeFolder(options.dir);
  const kept = options.again ? keptState(dir) : null;
  if (options.again && kept === null) throw new Error(`There is no sandbox in ${dir} that could be started again.`);
  if (isStale && kept === null) await empty(dir);
  const guardian = guard(dir);
  const dispose = async () => {
    await tearDown(dir);
    await guardian.release();
  };
  try {
    await checkReach(dir, account);
    const state = kept ?? (await build(dir, engine, account, options));
    await (kept === null ? restore(state) : wake(state));
    writeState(state);
    return sandboxFromState(state, dispose);
  } catch (cause) {
    await dispose();
    throw cause;
  }
}

/** What a sandbox that could not clean up left in a folder we may use again. */
async function empty(dir: string): Promise<void> {
  await stopEverything(dir);
  const remains = readdirSync(dir).filter((name) => name !== MARKER);
  await Promise.all(remains.map((name) => removeTree(join(dir, name))));
}
