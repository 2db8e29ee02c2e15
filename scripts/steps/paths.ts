import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A command line tool of a package, as the file that Node runs: npx would swallow signals. */
export function tool(path: string): string {
  return `${ROOT}/node_modules/${path}`;
}

export const NEXT = tool("next/dist/bin/next");
export const VITEST = tool("vitest/vitest.mjs");
export const PLAYWRIGHT = tool("@playwright/test/cli.js");
export const TSC = tool("typescript/bin/tsc");
export const BIOME = tool("@biomejs/biome/bin/biome");
export const KNIP = tool("knip/bin/knip.js");
