import { expect, open, test } from "./fixtures";
import { chooseForNode, confirm, confirmAndSee, dialogOf, nodeCell, nodeRow, takePicture } from "./pages";

/** A move in logical mode takes about 6 s on a real Citus; a rebalance makes a dozen of them one after another. */
const RUN_MS = 240_000;

test.describe.configure({ mode: "serial", timeout: RUN_MS + 60_000 });

test.beforeAll(async ({ connected }) => {
  await connected.sandbox?.reset();
});

/** What the journey did to a cluster that somebody else started is taken back, so that it can run twice. */
test.afterAll(async ({ connected }) => {
  if (connected.sandbox) return connected.sandbox.reset();
  const distributed = await connected.query(
    "select 1 from pg_dist_partition where logicalrelid = to_regclass('public.devices')",
  );
  if (distributed.length > 0) await connected.query("select undistribute_table('public.devices')");
});

test("the overview says how large the cluster is and that it is balanced enough", async ({ page, cluster }) => {
  await open(page, cluster, "overview");
  const verdict = page.getByRole("region", { name: "Verdict" });
  await expect(verdict).toContainText(/3 workers, \d+ shard placements, [\d.]+ MB\./);
  await expect(verdict).toContainText("A rebalance by size would move nothing.");
});

test("a wrong address is refused with a sentence, and nothing is added", async ({ page, cluster }) => {
  await open(page, cluster, "nodes");
  await page.getByRole("button", { name: "Add node…" }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("Host").fill("127.0.0.1");
  await dialog.getByLabel("Port").fill("99999");
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByText(/65\s?535/)).toBeVisible();
  await dialog.getByLabel("Port").fill("1");
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByRole("button", { name: "Add node" })).toHaveAttribute("aria-disabled", "true");
  await expect(dialog.getByText(/^Problem: Nothing listens at 127.0.0.1:1\./)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  expect(await cluster.query("select 1 from pg_dist_node where nodeport in (1, 99999)")).toEqual([]);
});

test("the waiting worker is added", async ({ page, cluster }) => {
  test.skip(cluster.spare === null, "no E2E_SPARE_NODE: there is no worker to add");
  const spare = cluster.spare ?? { host: "", port: 0 };
  await open(page, cluster, "nodes");
  await page.getByRole("button", { name: "Add node…" }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("Host").fill(spare.host);
  await dialog.getByLabel("Port").fill(String(spare.port));
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByText(`citus_add_node('${spare.host}', ${spare.port}`)).toBeVisible();
  await confirmAndSee(page, "Add node");
  await expect(nodeRow(page, spare.port)).toContainText("active");
  await expect(await nodeCell(page, spare.port, "Shards")).toHaveText("0");
});

test("adding it again is refused: Citus itself would say nothing", async ({ page, cluster }) => {
  test.skip(cluster.spare === null, "no E2E_SPARE_NODE: there is no worker to add");
  const spare = cluster.spare ?? { host: "", port: 0 };
  await open(page, cluster, "nodes");
  await page.getByRole("button", { name: "Add node…" }).click();
  const dialog = dialogOf(page);
  await dialog.getByLabel("Host").fill(spare.host);
  await dialog.getByLabel("Port").fill(String(spare.port));
  await dialog.getByRole("button", { name: "Check", exact: true }).click();
  await expect(dialog.getByText(/already/i).first()).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Add node" })).toHaveAttribute("aria-disabled", "true");
});

test("a rebalance is previewed, started, watched to its end, and leaves the cluster balanced", async ({
  page,
  cluster,
}) => {
  test.skip(cluster.spare === null, "no E2E_SPARE_NODE: there is nothing to balance");
  await open(page, cluster, "overview");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText(/would move \d+ shard groups/);
  await takePicture(page, "overview");
  await page.getByRole("link", { name: "Review plan" }).click();
  await expect(page).toHaveURL(/\/rebalance$/);

  // The table without primary key is in the way of mode auto, and is named.
  await expect(page.getByText(/In the way: Table public\.no_pk has no replica identity/)).toBeVisible();
  await page.getByLabel("Transfer mode", { exact: true }).selectOption("force_logical");
  const start = page.getByRole("button", { name: /^Start: \d+ moves, .*B…$/ });
  await expect(start).not.toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText("shard_transfer_mode => 'force_logical'").first()).toBeVisible();
  await start.click();
  await confirm(page, /^Start \d+ moves$/);

  // The dialog may be closed; the run goes on and every screen shows it.
  await expect(
    dialogOf(page)
      .getByText(/job \d+/i)
      .first(),
  ).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: /^Job \d+ (is )?running/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Stop…" })).toBeVisible();
  await page.goto(cluster.path("tables"));
  await expect(page.getByRole("banner").getByText(/^Job \d+ running/)).toBeVisible();

  await page.goto(cluster.path("rebalance"));
  await expect(page.getByText(/^[4-9] of \d+ moves$/)).toBeVisible({ timeout: RUN_MS });
  await takePicture(page, "rebalance");
  await expect(page.getByRole("heading", { name: /^Job \d+ finished/ })).toBeVisible({ timeout: RUN_MS });
  await expect(page.getByRole("button", { name: "Start: nothing to move…" })).toBeVisible();

  const [row] = await cluster.query<{ placements: string }>(
    "select count(*) as placements from pg_dist_placement p join pg_dist_node n using (groupid) join pg_dist_shard s using (shardid) join pg_dist_partition t using (logicalrelid) where n.nodeport = $1 and t.partmethod = 'h'",
    [cluster.spare?.port],
  );
  expect(Number(row?.placements)).toBeGreaterThan(0);
  await open(page, cluster, "overview");
  await expect(page.getByRole("region", { name: "Verdict" })).toContainText("A rebalance by size would move nothing.");
});

test("the worker is drained: its address typed, its shards moved, none left", async ({ page, cluster }) => {
  test.skip(cluster.spare === null, "no E2E_SPARE_NODE: no worker of the cluster is drained");
  const spare = cluster.spare ?? { host: "", port: 0 };
  await open(page, cluster, "nodes");
  await chooseForNode(page, spare.port, "Drain…");
  const dialog = dialogOf(page);
  const deed = dialog.getByRole("button", { name: "Drain", exact: true });
  const typed = dialog.getByLabel(/^Type the node/);
  // no_pk lies there too: mode auto is refused with the table's name, another mode is offered in the same place.
  await expect(dialog.getByText(/no_pk has neither primary key nor replica identity/).first()).toBeVisible();
  await dialog.getByLabel("Transfer mode").selectOption("force_logical");
  await expect(typed).toBeVisible();
  await expect(deed).toHaveAttribute("aria-disabled", "true");
  await typed.fill(`${spare.host}:${spare.port + 1}`);
  await expect(deed).toHaveAttribute("aria-disabled", "true");
  await typed.fill(`${spare.host}:${spare.port}`);
  await confirm(page, "Drain");
  await expect(dialog.getByText(/job \d+/i).first()).toBeVisible();
  await expect(dialog.getByText(/^Job \d+ is finished\.|and seen on the cluster\.$/)).toBeVisible({ timeout: RUN_MS });
  await dialog.getByRole("button", { name: "Close", exact: true }).last().click();
  await expect(await nodeCell(page, spare.port, "New shards")).toHaveText("closed");
  // Reference tables stay on every node; nothing else does.
  const left = await cluster.query(
    "select 1 from pg_dist_placement p join pg_dist_node n using (groupid) join pg_dist_shard s using (shardid) join pg_dist_partition t using (logicalrelid) where n.nodeport = $1 and t.partmethod = 'h'",
    [spare.port],
  );
  expect(left).toEqual([]);
});

test("the drained worker is removed", async ({ page, cluster }) => {
  test.skip(cluster.spare === null, "no E2E_SPARE_NODE: no worker of the cluster is removed");
  const spare = cluster.spare ?? { host: "", port: 0 };
  await open(page, cluster, "nodes");
  await chooseForNode(page, spare.port, "Remove…");
  await dialogOf(page)
    .getByLabel(/^Type the node/)
    .fill(`${spare.host}:${spare.port}`);
  await confirmAndSee(page, "Remove");
  await expect(nodeRow(page, spare.port)).toHaveCount(0);
});

test("a table is distributed", async ({ page, cluster }) => {
  const plain = await cluster.query("select 1 where to_regclass('public.devices') is not null");
  test.skip(plain.length === 0, "this cluster has no plain table public.devices to distribute");
  await open(page, cluster, "tables");
  await page.getByRole("button", { name: "Distribute public.devices…" }).click();
  const dialog = dialogOf(page);
  const columns = dialog.getByRole("radiogroup", { name: "Distribution column" });
  await expect(columns.getByRole("radio", { name: /recommended/ })).toBeChecked();
  await expect(dialog.getByText("create_distributed_table(").first()).toBeVisible();
  await confirmAndSee(page, "Distribute");
  const [row] = await cluster.query<{ shards: string }>(
    "select count(*) as shards from pg_dist_shard where logicalrelid = 'public.devices'::regclass",
  );
  expect(Number(row?.shards)).toBeGreaterThan(1);
});

test("a query is cancelled by its global pid", async ({ page, cluster }) => {
  const session = await cluster.session("read");
  try {
    const ended = session.query("select pg_sleep(600) /* to be cancelled */").then(
      () => "it ran to its end",
      (error: { code?: string }) => error.code,
    );
    await open(page, cluster, "activity");
    const row = page.getByRole("row", { name: /to be cancelled/ });
    await row.getByRole("checkbox").check({ force: true });
    await page.getByRole("button", { name: "Cancel query", exact: true }).click();
    await confirmAndSee(page, "Cancel query");
    expect(await ended).toBe("57014");
  } finally {
    await session.end();
  }
});

test("a paused standby is seen falling behind, though replay_lag stands still", async ({ page, cluster }) => {
  const { sandbox } = cluster;
  const standby = cluster.standbyUrl;
  test.skip(standby === null, "no E2E_STANDBY_URL: there is no standby to pause");
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: standby ?? "" });
  await client.connect();
  try {
    await open(page, cluster, "replication");
    await client.query("select pg_wal_replay_pause()");
    const writer = sandbox ? { node: "worker1" as const } : null;
    const write =
      "create table if not exists public.e2e_lag (n int); insert into public.e2e_lag select generate_series(1, 20000); drop table public.e2e_lag";
    if (writer) await sandbox?.query(write, [], writer);
    else await cluster.query(write);
    const behind = page
      .getByRole("table", { name: /standbys/i })
      .getByRole("row")
      .filter({ hasText: /behind/ })
      .first();
    await expect(behind).toBeVisible({ timeout: 45_000 });
  } finally {
    await client.query("select pg_wal_replay_resume()");
    await client.end();
  }
});
