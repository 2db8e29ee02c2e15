/** The command line beside the console: checks and exports of the audit. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../server/cli/main.ts", import.meta.url));
const hooks = new URL("./hooks.mjs", import.meta.url).href;
const child = spawn(process.execPath, ["--import", hooks, main, ...process.argv.slice(2)], { stdio: "inherit" });
child.on("exit", (code) => process.exit(code ?? 1));
