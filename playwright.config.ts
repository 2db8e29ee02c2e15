import { defineConfig } from "@playwright/test";

const isRoot = process.getuid?.() === 0;
// Without these a browser in a closed network keeps trying to reach its maker's servers; as root it needs --no-sandbox.
const args = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(isRoot ? ["--no-sandbox"] : []),
];

/** Started by scripts/steps/e2e.ts, which brings the cluster, the console and the browser. */
export default defineConfig({
  testDir: "e2e",
  // One cluster for all: specs that move shards or stop workers must not run beside each other.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: [["list"], ["json"]],
  use: {
    baseURL: process.env.E2E_BASE_URL ?? "http://localhost:3000",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    // Without its film, which takes half a core of a small machine from what is tested; the page's state at each step is in it.
    trace: { mode: "retain-on-failure", screenshots: false },
    launchOptions: { args, ...(process.env.CHROMIUM_PATH && { executablePath: process.env.CHROMIUM_PATH }) },
  },
  projects: [
    { name: "people", testMatch: "people.setup.ts" },
    { name: "specs", testMatch: "**/*.spec.ts", dependencies: ["people"] },
  ],
});
