import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
// `server-only` throws unless the condition react-server is set: outside Next that is what marks the server.
const resolve = { alias: { "@": root.replace(/\/$/, "") }, conditions: ["react-server", "node", "import", "default"] };

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr: { resolve: { conditions: ["react-server", "node", "import", "default"] } },
        test: { name: "unit", include: ["**/*.test.ts"], exclude: ["node_modules", ".next", "e2e"], environment: "node", pool: "threads", isolate: false },
      },
      {
        resolve: { alias: resolve.alias },
        test: { name: "component", include: ["**/*.test.tsx"], exclude: ["node_modules", ".next"], environment: "jsdom", pool: "threads", setupFiles: ["lib/testing/dom.ts"] },
      },
      {
        resolve,
        ssr: { resolve: { conditions: ["react-server", "node", "import", "default"] } },
        test: {
          name: "cluster", include: ["**/*.itest.ts"], exclude: ["node_modules", ".next"], environment: "node", pool: "forks",
          fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000,
        },
      },
    ],
  },
});
