import { spawn } from "node:child_process";
import { type Account, spawnAs } from "./account.ts";

/** What our children see of the environment: ambient PG* variables would send them to another cluster. */
export const CHILD_ENV = {
  PATH: process.env.PATH ?? "/usr/bin:/bin",
  LC_ALL: "C",
  TZ: "UTC",
  HOME: "/",
  NODE_ENV: process.env.NODE_ENV, // only because Next declares it to be always there
};

/** Runs a program to its end and returns what it printed. Rejects with its own words when it fails. */
export function run(program: string, args: string[], options: { account?: Account | null; input?: string } = {}) {
  return new Promise<string>((resolve, reject) => {
    const child = spawn(program, args, { cwd: "/", env: CHILD_ENV, ...spawnAs(options.account ?? null) });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk;
    });
    child.stdin.on("error", () => {}); // a program may end without reading its input; its exit code tells
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(out);
      else reject(new Error(`${program} ended with ${signal ?? code}: ${(err || out).trim()}`));
    });
    child.stdin.end(options.input ?? "");
  });
}
