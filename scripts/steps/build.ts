import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { NEXT, ROOT } from "./paths.ts";
import { runNode } from "./run-node.ts";

const SOURCES = [
  "app",
  "components",
  "lib",
  "server",
  "public",
  "next.config.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "proxy.ts",
  "package-lock.json",
  "postcss.config.mjs",
];

/** Builds the console for production unless the last build is newer than every source. Exits where it fails. */
export async function ensureBuild(): Promise<void> {
  const mark = join(ROOT, ".next", "BUILD_ID");
  const builtAt = existsSync(mark) ? statSync(mark).mtimeMs : 0;
  const newest = Math.max(...SOURCES.map((name) => newestIn(join(ROOT, name))));
  if (builtAt > newest) return;
  console.log("Building the console …");
  const code = await runNode([NEXT, "build"], { env: { NODE_ENV: "production" } });
  if (code !== 0) throw new Error("The build failed; what is wrong stands above.");
}

function newestIn(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}
