import { spawn } from "node:child_process";
import { ROOT } from "./paths.ts";

/** Somebody pressed Ctrl-C: whatever was to come after this is not begun. */
export const INTERRUPTED = new Error("Stopped by a signal.");

type Options = { env?: Record<string, string | undefined>; quiet?: boolean };

/** Runs a Node program to its end and returns its exit code. Its own Node first on PATH, for tools that start others. */
export function runNode(args: readonly string[], { env = {}, quiet = false }: Options = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    });
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
