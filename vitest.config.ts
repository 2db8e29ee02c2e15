import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
// The package `server-only` throws wherever a bundler has not marked the server; tests of the server are the server.
const resolve = {
  alias: { "server-only": here("./node_modules/server-only/empty.js"), "@": here(".").replace(/\/$/, "") },
};
/** A machine that does several things at once is slow, not wrong. */
const SLOW_MACHINE_MS = 30_000;
const exclude = ["node_modules", ".next", "e2e"];

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        test: {
          name: "unit",
          include: ["**/*.test.ts"],
          exclude: [...exclude, "server"],
          environment: "node",
          pool: "threads",
          testTimeout: SLOW_MACHINE_MS,
          isolate: false,
        },
      },
      {
        resolve,
        test: {
          name: "server",
          include: ["server/**/*.test.ts"],
          exclude,
          environment: "node",
          pool: "threads",
          testTimeout: SLOW_MACHINE_MS,
          // A module of its own for each file: what one has configured, opened or put in place of something is no other's.
          isolate: true,
        },
      },
      {
        resolve,
        test: {
          name: "component",
          include: ["**/*.test.tsx"],
          exclude,
          environment: "jsdom",
          pool: "threads",
          testTimeout: SLOW_MACHINE_MS,
          setupFiles: ["lib/testing/dom.ts"],
        },
      },
      {
        resolve,
        test: {
          name: "cluster",
          include: ["**/*.itest.ts"],
          exclude,
          environment: "node",
          pool: "forks",
          // One cluster for all: a file that stops a worker must not do it under another file's feet.
          fileParallelism: false,
          globalSetup: ["sandbox/vitest-global.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
