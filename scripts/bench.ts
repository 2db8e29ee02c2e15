import { join } from "node:path";
import { ROOT } from "./steps/paths.ts";
import { runNode } from "./steps/run-node.ts";

/** What looking costs, ours beside the usual way: bench/main.ts, which reads the console's own modules. */
const program = ["--import", join(ROOT, "scripts", "hooks.mjs"), join(ROOT, "bench", "main.ts")];
process.exitCode = await runNode([...program, ...process.argv.slice(2)]);
