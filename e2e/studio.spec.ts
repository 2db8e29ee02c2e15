import { expect, needsSandbox, open, type TestCluster, test } from "./fixtures";
import { chooseForNode, confirm, confirmAndSee, dialogOf, nodeRow, takePicture } from "./pages";

/** What is thought through before a run, what is done while it lasts, what is left after it, and a worker that is halved. */

const RUN_MS = 240_000;
test.describe.configure({ timeout: RUN_MS + 60_000 });
test.afterEach(async ({ cluster }) => {
  await cluster.sandbox?.reset();
});

const executors = async ({ query }: TestCluster) => {
  const [row] = await query<{ value: string }>(
    "select current_setting('citus.max_background_task_executors') as value",
  );
  return row?.value;
};

test("two more nodes are thought through by every strategy, a block is put elsewhere, and nothing is sent to the cluster", async ({
  page,
  cluster,
}) => {
  const placements = "select shardid, groupid from pg_dist_placement order by 1, 2";
  const before = await cluster.query(placements);
  await open(page, cluster, "rebalance");
  await page.getByRole("button", { name: "Open the bench" }).click();
  await page.getByLabel("The cluster", { exact: true }).selectOption("with 2 more nodes");
  const plans = page.getByRole("list", { name: "Plans of the strategies" });
  for (const strategy of ["by_disk_size", "by_shard_count"])
    await expect(plans.getByRole("listitem").filter({ hasText: strategy })).toContainText(/\d+ moves/);
  await expect(page).toHaveURL(/whatif=more-2/);
  await page.getByText("How this could be done").click();
  await expect(page.getByText("Add the nodes first, then start a rebalance")).toBeVisible();
  await takePicture(page, "what-if-more");

  await page.getByLabel("The cluster", { exact: true }).selectOption("as it is");
  const columns = page.locator("[data-node]").filter({ has: page.locator("i") });
  await columns.nth(0).locator("i").first().dragTo(columns.nth(1));
  await expect(page.getByText(/^1 shard group put elsewhere\./)).toBeVisible();
  await expect(page.getByText(/citus_move_shard_placement\(\d+, \d+, \d+, /).first()).toBeVisible();
  await page.reload();
  await expect(page.getByText(/^1 shard group put elsewhere\./)).toBeVisible();
  await page.getByRole("button", { name: "Put all back" }).click();
  await expect(page).not.toHaveURL(/put=/);
  expect(await cluster.query(placements)).toEqual(before);
});

test("a run is given another pace, a brake stops it with its reason, and the pace is put back", async ({
  page,
  cluster,
}) => {
  const { spare } = needsSandbox(cluster).nodes;
  const usual = await executors(cluster);
  await cluster.query("select citus_add_node($1, $2)", [spare.host, spare.port]);
  await cluster.query("select citus_rebalance_start(shard_transfer_mode => 'force_logical')");
  await open(page, cluster, "rebalance");
  await page.getByRole("button", { name: "Change pace…" }).click();
  await dialogOf(page).getByLabel("In the whole cluster").selectOption("6");
  await confirmAndSee(page, "Change the pace");
  expect(await executors(cluster)).toBe("6");

  await page.getByRole("button", { name: "Set brakes…" }).click();
  await page.getByLabel("Statement latency").fill("0.0001");
  await page.getByRole("button", { name: "Set brakes", exact: true }).click();
  const brakes = page.getByRole("region", { name: "Brakes" });
  await expect(brakes.getByText(/^Job \d+ was stopped by a brake at/)).toBeVisible({ timeout: RUN_MS });
  await expect(brakes).toContainText(/Statement latency is [\d.]+ ms, above the limit of 0.0001 ms/);
  await takePicture(page, "brakes-tripped");
  await expect.poll(() => executors(cluster), { timeout: 60_000 }).toBe(usual);

  await page.getByRole("button", { name: "Set brakes…" }).click();
  await page.getByLabel("Statement latency").fill("");
  await page.getByRole("button", { name: "Set brakes", exact: true }).click();
  await expect(brakes).not.toContainText("of them look at the cluster");
});

test("what a move left over is listed with its node and the statement that removes it, until it is gone", async ({
  page,
  cluster,
}) => {
  const sandbox = needsSandbox(cluster);
  const slot = "citus_shard_move_slot_99_10_10";
  await sandbox.query("select pg_create_logical_replication_slot($1, 'pgoutput')", [slot], { node: "worker1" });
  await open(page, cluster, "rebalance");
  const row = page.getByRole("table", { name: "Left over by moves" }).getByRole("row").filter({ hasText: slot });
  await expect(row).toContainText(`:${sandbox.nodes.worker1.port}`, { timeout: 30_000 });
  await expect(row).toContainText("on no list");
  const statement = (await row.locator("code, pre").first().textContent()) ?? "";
  expect(statement).toContain("pg_drop_replication_slot");
  await sandbox.query(statement, [], { node: "worker1" });
  await expect(row).toBeHidden({ timeout: 30_000 });
});

test("a standby becomes a clone, its share is drawn, and promoted it holds half of its worker", async ({
  page,
  cluster,
}) => {
  const sandbox = needsSandbox(cluster);
  test.skip(sandbox.engine !== "citus", "the stand-in has no clones, as no Citus before 13.2");
  const { worker1, standbyWorker1 } = sandbox.nodes;
  await open(page, cluster, "nodes");
  await chooseForNode(page, worker1.port, "Scale out by clone…");
  const dialog = dialogOf(page);
  await dialog.getByLabel("Port").fill(String(standbyWorker1.port));
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await confirmAndSee(page, "Add clone");
  await expect(nodeRow(page, standbyWorker1.port)).toContainText("clone");
  await chooseForNode(page, standbyWorker1.port, "Promote and rebalance…");
  await expect(dialog.getByText("What each holds afterwards")).toBeVisible();
  await takePicture(page, "clone-promote");
  await dialog.getByLabel(/^Type the clone's address/).fill(`${standbyWorker1.host}:${standbyWorker1.port}`);
  await confirm(page, "Promote and rebalance");
  await expect(dialog.getByText(/and seen on the cluster\.$/)).toBeVisible({ timeout: RUN_MS });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(nodeRow(page, standbyWorker1.port)).toContainText("active");
});
