import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { CHILD_ENV } from "../processes/run.ts";

const PROGRAM = fileURLToPath(new URL("../guardian.ts", import.meta.url));

/** Puts a guardian beside a sandbox. `release` lets it go and returns when it has ended. */
export function guard(dir: string): { release: () => Promise<void> } {
  const child = spawn(process.execPath, [PROGRAM, dir], {
    cwd: "/",
    detached: true, // Ctrl-C at the terminal is for the owner
    env: CHILD_ENV,
    stdio: ["pipe", "ignore", "inherit"],
  });
  child.unref();
  const { stdin } = child;
  if ("unref" in stdin && typeof stdin.unref === "function") stdin.unref();
  return {
    release: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.ref();
      stdin.end();
      await ended;
    },
  };
}
