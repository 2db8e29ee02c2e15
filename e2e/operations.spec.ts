import type { Page, Request } from "@playwright/test";
import { newActionId } from "../lib/domain/action-id.ts";
import { expect, open, type TestCluster, test } from "./fixtures";
import { written } from "./own-state";
import { chooseForNode, confirm, confirmAndSee, dialogOf, nodeRow } from "./pages";
import { stateFile } from "./people";

/** What trust in a dangerous button rests on: it does what was confirmed, once, and says who else is at it. */

type Worker = { nodeid: number; nodeport: number };

async function aWorker(cluster: TestCluster): Promise<Worker> {
  const [worker] = await cluster.query<Worker>(
    "select nodeid, nodeport from pg_dist_node where groupid > 0 and noderole = 'primary' order by nodeport desc limit 1",
  );
  if (!worker) throw new Error("the cluster has no worker");
  return worker;
}

const setOpen = (cluster: TestCluster, { nodeid }: Worker, isOpen: boolean) =>
  cluster.query(
    "select citus_set_node_property(nodename, nodeport, 'shouldhaveshards', $2) from pg_dist_node where nodeid = $1",
    [nodeid, isOpen],
  );

/** The request with which the browser starts a change: the one action call that carries a confirmation. */
function startOf(page: Page): Promise<Request> {
  return page.waitForRequest((request) => (request.postData() ?? "").includes('"confirmation"'));
}

/** Sends a captured request again, as a retry, a second tab or somebody with a copy of it would. */
async function sendAgain(page: Page, request: Request, body = request.postData() ?? ""): Promise<string> {
  const { "content-length": _, ...headers } = await request.allHeaders();
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":")));
  const answer = await page.request.fetch(request.url(), { method: "POST", headers: kept, data: body });
  return answer.text();
}

test.afterEach(async ({ cluster }) => {
  await setOpen(cluster, await aWorker(cluster), true);
});

test("F16: a confirmed deed that is sent 50 times more at once is done once, and each is answered with the same operation", async ({
  page,
  cluster,
}) => {
  const worker = await aWorker(cluster);
  await open(page, cluster, "nodes");
  const before = written().runs;
  await chooseForNode(page, worker.nodeport, "Close for new shards…");
  const starting = startOf(page);
  await confirmAndSee(page, "Close for new shards");
  const request = await starting;
  const [, actionId] = /"actionId":"([0-9a-f-]{36})"/.exec(request.postData() ?? "") ?? [];
  const answers = await Promise.all(Array.from({ length: 50 }, () => sendAgain(page, request)));
  expect(written().runs - before).toBe(1);
  expect(new Set(answers.map((text) => /"ok":true/.test(text) && text.includes(`"id":"${actionId}"`)))).toEqual(
    new Set([true]),
  );
});

test("T22: a confirmation cannot be used for something else: not for another node, and not under an action id that was used", async ({
  page,
  cluster,
}) => {
  const worker = await aWorker(cluster);
  await open(page, cluster, "nodes");
  await chooseForNode(page, worker.nodeport, "Close for new shards…");
  const starting = startOf(page);
  await confirmAndSee(page, "Close for new shards");
  const request = await starting;
  const body = request.postData() ?? "";
  const before = written().runs;
  const other = body.replace(`"nodeId":${worker.nodeid}`, `"nodeId":${worker.nodeid - 1}`);
  expect(other).not.toBe(body);
  expect(await sendAgain(page, request, other)).toContain('"code":"conflict"');
  const fresh = (text: string) => text.replace(/"actionId":"[^"]+"/, `"actionId":"${newActionId()}"`);
  expect(await sendAgain(page, request, fresh(other))).toContain('"code":"confirmation_expired"');
  // The same once more, as a deed of its own: what was confirmed is no longer what would be done.
  expect(await sendAgain(page, request, fresh(body))).toMatch(/"code":"(conflict|stale_plan)"/);
  expect(written().runs).toBe(before);
});

test("F16: of two tabs that confirm the same, one does it and the other says that there is nothing left to do", async ({
  page,
  context,
  cluster,
}) => {
  const worker = await aWorker(cluster);
  const second = await context.newPage();
  for (const tab of [page, second]) {
    await open(tab, cluster, "nodes");
    await chooseForNode(tab, worker.nodeport, "Close for new shards…");
    await expect(
      dialogOf(tab).getByRole("button", { name: "Close for new shards", exact: true }).last(),
    ).not.toHaveAttribute("aria-disabled", "true");
  }
  await confirmAndSee(page, "Close for new shards");
  await confirm(second, "Close for new shards");
  await expect(dialogOf(second).getByRole("alert")).toContainText("It is closed for new shards already.");
  await second.close();
});

test("F18: a plan that the cluster has left behind is not done: what differs is shown, and a new confirmation does the new plan", async ({
  page,
  cluster,
}) => {
  const worker = await aWorker(cluster);
  const [other] = await cluster.query<Worker>(
    "select nodeid, nodeport from pg_dist_node where groupid > 0 and noderole = 'primary' and nodeid <> $1 order by nodeport limit 1",
    [worker.nodeid],
  );
  if (!other) throw new Error("the cluster has one worker only");
  await open(page, cluster, "nodes");
  await chooseForNode(page, worker.nodeport, "Drain…");
  const dialog = dialogOf(page);
  await dialog.getByLabel("Transfer mode").selectOption("force_logical");
  await dialog.getByLabel(/^Type the node/).fill(`127.0.0.1:${worker.nodeport}`);
  const before = written().runs;
  await setOpen(cluster, other, false);
  try {
    await confirm(page, "Drain");
    const alert = dialog.getByRole("alert").first();
    await expect(alert).toContainText("Nothing was started.");
    await expect(alert).toContainText(`:${other.nodeport} is emptied as well`);
    expect(written().runs).toBe(before);
  } finally {
    await setOpen(cluster, other, true);
  }
});

test("Back closes an open dialog, and leaves the screen as it is", async ({ page, cluster }) => {
  const worker = await aWorker(cluster);
  await open(page, cluster, "nodes");
  await chooseForNode(page, worker.nodeport, "Close for new shards…");
  await expect(dialogOf(page)).toBeVisible();
  await page.goBack();
  await expect(dialogOf(page)).toBeHidden();
  await expect(page).toHaveURL(cluster.path("nodes"));
  await expect(nodeRow(page, worker.nodeport)).toBeVisible();
});

/** A table whose distribution waits for a lock that the test holds. */
async function withWaitingTable(
  cluster: TestCluster,
  use: (release: () => Promise<void>) => Promise<void>,
): Promise<void> {
  const [sample] = await cluster.query<{ owner: string }>(
    "select tableowner as owner from pg_tables where schemaname = 'public' order by tablename limit 1",
  );
  await cluster.query("create table public.waits (id int primary key)");
  // The operations login may act for the owners of the tables that are there.
  if (sample) await cluster.query(`alter table public.waits owner to "${sample.owner}"`);
  const blocker = await cluster.session();
  await blocker.query("begin");
  await blocker.query("lock table public.waits in share mode");
  let isHeld = true;
  const release = async () => {
    if (isHeld) await blocker.query("rollback");
    isHeld = false;
  };
  try {
    await use(release);
  } finally {
    await release();
    await blocker.end();
    await cluster.query("drop table public.waits");
  }
}

/** Its tables are on screen before anything waits: what runs gives up its wait for a lock after five seconds. */
async function askToDistribute(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Distribute public.waits…" }).click();
  await expect(dialogOf(page).getByText("create_distributed_table(").first()).toBeVisible();
}

/** Has its statement sent, which then waits; returns how many runs there were before. */
async function beginToDistribute(page: Page, cluster: TestCluster): Promise<number> {
  await open(page, cluster, "tables");
  await askToDistribute(page);
  const before = written().runs;
  const starting = startOf(page);
  await confirm(page, "Distribute");
  await starting;
  await expect.poll(() => written().runs).toBe(before + 1);
  return before;
}

test("F15: a browser that is closed in the middle of an operation stops nothing; whoever returns sees how it ended", async ({
  page,
  context,
  cluster,
}) => {
  await withWaitingTable(cluster, async (release) => {
    const before = await beginToDistribute(page, cluster);
    await page.close();
    await release();
    const returned = await context.newPage();
    await returned.goto(cluster.path("overview"));
    const changes = returned.getByRole("region", { name: "Recent changes" });
    await expect(changes.getByRole("listitem").first()).toContainText("public.waits");
    await expect(changes.getByRole("listitem").first()).toContainText("succeeded");
    expect(written().runs).toBe(before + 1);
  });
});

test("F15: a browser that loses its network in the middle of an operation shows the truth when it is back", async ({
  page,
  context,
  cluster,
}) => {
  await withWaitingTable(cluster, async (release) => {
    const before = await beginToDistribute(page, cluster);
    await context.setOffline(true);
    await release();
    await context.setOffline(false);
    await expect(dialogOf(page).getByText(/and seen on the cluster\.$/)).toBeVisible({ timeout: 30_000 });
    expect(written().runs).toBe(before + 1);
  });
});

test("F17: whoever wants what somebody else is doing is told who, what and since when, with the way there", async ({
  page,
  browser,
  cluster,
}) => {
  const worker = await aWorker(cluster);
  const theirs = await browser.newContext({ storageState: stateFile("operator") });
  const other = await theirs.newPage();
  for (const tab of [page, other]) await open(tab, cluster, "nodes");
  // What changes a node waits for this lock; what only reads does not.
  const blocker = await cluster.session();
  try {
    await chooseForNode(page, worker.nodeport, "Close for new shards…");
    await expect(dialogOf(page).getByText("citus_set_node_property(").first()).toBeVisible();
    await blocker.query("begin");
    await blocker.query("lock table pg_catalog.pg_dist_node in share mode");
    await confirm(page, "Close for new shards");
    await expect.poll(() => written().openRuns).toBe(1);
    await chooseForNode(other, worker.nodeport, "Close for new shards…");
    const who = new RegExp(`ada has been closing \\S+:${worker.nodeport} since \\d\\d:\\d\\d:\\d\\d UTC`);
    await expect(dialogOf(other).getByText(who).first()).toBeVisible();
    await expect(dialogOf(other).getByRole("link", { name: "Open that operation" })).toBeVisible();
    await blocker.query("rollback");
    await expect(dialogOf(page).getByText(/and seen on the cluster\.$/)).toBeVisible();
  } finally {
    await blocker.end();
    await theirs.close();
  }
});
