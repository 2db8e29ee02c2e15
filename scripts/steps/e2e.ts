import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { consoleVariables } from "../../sandbox/console-variables.ts";
import { startSandbox } from "../../sandbox/start.ts";
import type { EngineName } from "../../sandbox/types.ts";
import { ensureBuild } from "./build.ts";
import { ensureChromium } from "./chromium.ts";
import { startConsole } from "./console.ts";
import { freePort } from "./free-port.ts";
import { PLAYWRIGHT } from "./paths.ts";
import { provideSignIn } from "./provider.ts";
import { runNode } from "./run-node.ts";
import { ofPlaywright, type Tally } from "./tally.ts";

/**
 * The Playwright suites on the production build: against a sandbox of this machine, or against a cluster that somebody
 * else started (E2E_CLUSTER_URL, E2E_SPARE_NODE, E2E_STANDBY_URL), where specs that stop processes are skipped.
 */
export async function runE2e(engine: EngineName | undefined, args: readonly string[] = []): Promise<Tally> {
  const chromium = ensureChromium();
  await ensureBuild();
  const folder = mkdtempSync(join(tmpdir(), "shardboard-e2e-"));
  const given = process.env.E2E_CLUSTER_URL;
  const sandbox = given ? undefined : await startSandbox({ pace: "test", ...(engine && { engine }) });
  try {
    const cluster = sandbox ? consoleVariables(sandbox) : variablesOf(given ?? "", process.env.E2E_READ_URL);
    const port = await freePort();
    const { provider, file } = await provideSignIn(port, folder);
    // What the console logs is of use where something failed; between the names of the tests it only hides them.
    const log = join(folder, "console.log");
    writeFileSync(log, "");
    const running = await startConsole(
      port,
      {
        ...cluster,
        SHARDBOARD_CONFIG: file,
        CLUSTER_NAME: "e2e",
        // Browsers, console and servers share this machine's processors: what a statement waits for them is no work of its server.
        READ_BUDGET_PERCENT: "50",
        DATA_DIR: join(folder, "data"),
      },
      { hearErrors: (line) => appendFileSync(log, `${line}\n`) },
    );
    try {
      const report = join(folder, "report.json");
      const code = await runNode([PLAYWRIGHT, "test", ...args], {
        env: {
          CHROMIUM_PATH: chromium,
          E2E_BASE_URL: running.url,
          E2E_PROVIDER: provider.issuer,
          E2E_CONFIG: file,
          E2E_FIRST_ADMIN_LINK: await running.firstAdminLink,
          E2E_PEOPLE_DIR: join(folder, "people"),
          E2E_DATA_DIR: join(folder, "data"),
          ...(sandbox && { E2E_SANDBOX_STATE: sandbox.stateFile }),
          PLAYWRIGHT_JSON_OUTPUT_NAME: report,
        },
      });
      if (code !== 0) process.stdout.write(readFileSync(log));
      return ofPlaywright("browser tests", report, code);
    } finally {
      await running.stop();
      await provider.stop();
    }
  } finally {
    await sandbox?.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A cluster of somebody else: what its URL names is a superuser, or the suites could add no node. */
function variablesOf(url: string, readUrl: string | undefined): Record<string, string> {
  const hasPassword = url !== "" && new URL(url).password !== "";
  return {
    CITUS_URL: url,
    CITUS_ADMIN_URL: url,
    ...(readUrl && { CITUS_READ_URL: readUrl }),
    ...(!hasPassword && { CITUS_NO_PASSWORD: "true" }),
  };
}
