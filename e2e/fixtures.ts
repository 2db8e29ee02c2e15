import { test as base, type Page } from "@playwright/test";
import pg from "pg";
import { connectSandbox } from "../sandbox/connect.ts";
import type { Sandbox } from "../sandbox/types.ts";
import { keepAwake, keepSession, PEOPLE, type PersonName, stateFile } from "./people.ts";

/** The cluster under test: a sandbox of ours, or one that somebody else started (E2E_CLUSTER_URL). */
export type TestCluster = {
  /** null on a cluster that somebody else started: no process of it may be stopped or frozen. */
  sandbox: Sandbox | null;
  /** A worker that runs and is not in the cluster. */
  spare: { host: string; port: number } | null;
  path: (screen: string) => string;
  query: <T extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<T[]>;
  /** A session of its own on the coordinator, for holding locks; closed by the test. `read`: as no superuser, whom only superusers may cancel. */
  session: (login?: "owner" | "read") => Promise<pg.Client>;
  standbyUrl: string | null;
};

type Fixtures = {
  cluster: TestCluster;
  problems: string[];
  /** Who looks: "admin" unless a spec says `test.use({ as: "viewer" })`; null: nobody is signed in. */
  as: PersonName | null;
};

const CLUSTER_ID = "e2e";

export const test = base.extend<Fixtures, { connected: TestCluster }>({
  as: ["admin", { option: true }],
  storageState: async ({ as }, use) => {
    await use(as === null ? { cookies: [], origins: [] } : stateFile(as));
  },
  /** The console asks once more who somebody is when the last proof is five minutes old; a person answers, whenever it comes. */
  page: async ({ page, as, baseURL }, use) => {
    const question = page.getByRole("dialog", { name: "Is it still you?" });
    if (as !== null)
      await page.addLocatorHandler(question, async () => {
        await question.getByLabel("Password").fill(PEOPLE[as].password);
        await question.getByRole("button", { name: "Go on" }).click();
      });
    await use(page);
    // Proving it again renews the cookie: whoever comes next goes on with the new one.
    if (as !== null) await keepSession(page.context(), as);
    await keepAwake(baseURL ?? "");
  },
  connected: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern
    async ({}, use) => {
      await use(connect());
    },
    { scope: "worker" },
  ],
  cluster: async ({ connected }, use) => {
    await use(connected);
  },
  /** Whatever a page throws or logs as an error fails the test that opened it. */
  problems: [
    async ({ page }, use) => {
      const problems: string[] = [];
      page.on("pageerror", (error) => problems.push(error.message));
      await use(problems);
      base.expect(problems, "errors thrown in the page").toEqual([]);
    },
    { auto: true },
  ],
});

export const expect = test.expect;

function connect(): TestCluster {
  const state = process.env.E2E_SANDBOX_STATE;
  const sandbox = state ? connectSandbox(state) : null;
  const url = sandbox?.url("owner") ?? process.env.E2E_CLUSTER_URL;
  if (!url) throw new Error("No cluster: start the suite with npm run e2e.");
  const readUrl = sandbox?.url("read") ?? process.env.E2E_READ_URL ?? url;
  const session = async (login: "owner" | "read" = "owner") => {
    const connectionString = login === "read" ? readUrl : url;
    const client = new pg.Client({ connectionString, application_name: "e2e" });
    await client.connect();
    return client;
  };
  return {
    sandbox,
    spare: sandbox?.nodes.spare ?? addressIn(process.env.E2E_SPARE_NODE),
    standbyUrl: sandbox?.url("owner", "standbyWorker1") ?? process.env.E2E_STANDBY_URL ?? null,
    path: (screen) => `/clusters/${CLUSTER_ID}/${screen}`,
    session,
    async query(sql, values = []) {
      const client = await session();
      try {
        return (await client.query(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
  };
}

function addressIn(text: string | undefined): { host: string; port: number } | null {
  const match = /^(.+):(\d+)$/.exec(text ?? "");
  return match?.[1] ? { host: match[1], port: Number(match[2]) } : null;
}

/** Skips the test where no process may be stopped, with the reason in the report. */
export function needsSandbox(cluster: TestCluster): Sandbox {
  test.skip(cluster.sandbox === null, "this cluster was started by somebody else: its processes are not stopped");
  if (!cluster.sandbox) throw new Error("skipped");
  return cluster.sandbox;
}

/** Opens a screen and waits until its live data is drawn. */
export async function open(page: Page, cluster: TestCluster, screen: string): Promise<void> {
  // A dialog that was just closed steps back over its entry of the history; an address that is opened meanwhile would lose to it.
  await page.waitForFunction(() => !("shardboardDialog" in (window.history.state ?? {})));
  await page.goto(cluster.path(screen));
  await page
    .getByRole("main")
    .getByRole("status", { name: /^Reading/ })
    .waitFor({ state: "detached" });
}
