import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { ROOT } from "./paths.ts";

/** Somebody pressed Ctrl-C: whatever was to come after this is not begun. */
export const INTERRUPTED = new Error("Stopped by a signal.");

/** `outputFile`: what the program prints goes there, because something else is printing meanwhile. */
type Options = { env?: Record<string, string | undefined>; quiet?: boolean; outputFile?: string };

/** Runs a Node program to its end and returns its exit code. Its own Node first on PATH, for tools that start others. */
export function runNode(
  args: readonly string[],
  { env = {}, quiet = false, outputFile }: Options = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const file = outputFile === undefined ? undefined : openSync(outputFile, "a");
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ["ignore", file ?? (quiet ? "ignore" : "inherit"), file ?? "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
    if (file !== undefined) closeSync(file);
    let isInterrupted = false;
    const pass = (signal: NodeJS.Signals) => {
      isInterrupted = true;
      child.kill(signal);
    };
    process.on("SIGINT", pass).on("SIGTERM", pass);
    child.once("error", reject);
    child.once("exit", (code) => {
      process.off("SIGINT", pass).off("SIGTERM", pass);
      if (isInterrupted) reject(INTERRUPTED);
      else resolve(code ?? 1);
    });
  });
}
