import { removeTree } from "../folders/copy.ts";
import { markerOf } from "../folders/own-folder.ts";
import { removeState } from "../state.ts";
import { stopEverything } from "./run-state.ts";

/** The one way a sandbox ends, whether its owner says so, is interrupted, or is found to be gone. May run twice. */
export async function tearDown(dir: string): Promise<void> {
  const marker = markerOf(dir);
  if (!marker) return;
  removeState(dir); // first: nobody may connect to what is about to end
  await stopEverything(dir);
  if (!marker.keep) await removeTree(dir);
}
