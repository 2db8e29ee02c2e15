import type { Page } from "@playwright/test";
import { expect, needsSandbox, open, type TestCluster, test } from "./fixtures";
import { confirmAndSee } from "./pages";

const SCREENS = ["overview", "nodes", "shards", "tables", "balance", "rebalance", "activity", "replication"];
/** What the issue of a hung worker may cost: after this a screen shows everything else and names the node. */
const USABLE_MS = 4_000;

/** Opens each screen anew, as somebody does who was called at night, and looks that it is drawn and says who is silent. */
async function everyScreenNames(page: Page, cluster: TestCluster, port: number): Promise<void> {
  for (const screen of SCREENS) {
    await page.goto(cluster.path(screen), { waitUntil: "commit" });
    await expect(page.getByRole("heading", { level: 1 }), screen).toBeVisible();
    await expect(page.getByRole("banner").getByText(`:${port} does not answer`), screen).toBeVisible({
      timeout: USABLE_MS,
    });
    await expect(page.getByRole("main").getByRole("status", { name: /^(Reading|Loading)/ }), screen).toHaveCount(0, {
      timeout: USABLE_MS,
    });
    await expect(page.getByText("Application error"), screen).toHaveCount(0);
  }
}

test.describe("F4, F5: a worker that is down", () => {
  test.describe.configure({ timeout: 180_000 });

  test("stopped: every screen is usable and names it; it is current again when it is back", async ({
    page,
    cluster,
  }) => {
    const sandbox = needsSandbox(cluster);
    const { port } = sandbox.nodes.worker2;
    await open(page, cluster, "overview");
    await sandbox.stop("worker2");
    try {
      await expect(page.getByRole("banner").getByText(`:${port} does not answer`)).toBeVisible();
      await everyScreenNames(page, cluster, port);
      await page.goto(cluster.path("nodes"));
      const row = page.getByRole("row", { name: new RegExp(`:${port}\\b`) });
      await expect(row.getByText(/^unknown/).first()).toBeAttached();
    } finally {
      await sandbox.start("worker2");
    }
    await expect(page.getByRole("banner").getByText("does not answer")).toHaveCount(0, { timeout: 20_000 });
  });

  test("frozen: it accepts connections and never answers; every screen is usable and names it", async ({
    page,
    cluster,
  }) => {
    const sandbox = needsSandbox(cluster);
    const { port } = sandbox.nodes.worker3;
    await open(page, cluster, "overview");
    sandbox.freeze("worker3");
    try {
      await expect(page.getByRole("banner").getByText(`:${port} does not answer`)).toBeVisible();
      await everyScreenNames(page, cluster, port);
    } finally {
      sandbox.thaw("worker3");
    }
    await expect(page.getByRole("banner").getByText("does not answer")).toHaveCount(0, { timeout: 20_000 });
  });

  test("F1: the coordinator stopped: what was read stays with its age and the reason, and comes back without a reload", async ({
    page,
    cluster,
  }) => {
    const sandbox = needsSandbox(cluster);
    await open(page, cluster, "nodes");
    await expect(page.getByRole("table", { name: "Nodes of the cluster" })).toBeVisible();
    await sandbox.stop("coordinator");
    try {
      await expect(page.getByText("The coordinator does not answer").first()).toBeVisible();
      await expect(page.getByRole("table", { name: "Nodes of the cluster" })).toBeVisible();
      await expect(page.getByText(/was read .* ago/).first()).toBeVisible();
    } finally {
      await sandbox.start("coordinator");
    }
    await expect(page.getByText("The coordinator does not answer")).toHaveCount(0, { timeout: 30_000 });
  });
});

test.describe("F2: a coordinator that is there and says nothing", () => {
  test.describe.configure({ timeout: 180_000 });

  test("every screen still opens with what was read before, and says why it is old; it is current again by itself", async ({
    page,
    cluster,
  }) => {
    const sandbox = needsSandbox(cluster);
    const screens = ["nodes", "shards", "tables", "replication", "overview"];
    for (const screen of screens) await open(page, cluster, screen);
    sandbox.freeze("coordinator");
    try {
      const banner = page.getByRole("banner");
      await expect(banner.getByText(/does not speak|connections to this cluster are in use/)).toBeVisible({
        timeout: 30_000,
      });
      for (const screen of screens) {
        await page.goto(cluster.path(screen), { waitUntil: "commit" });
        await expect(page.getByRole("heading", { level: 1 }), screen).toBeVisible({ timeout: USABLE_MS });
        await expect(page.getByRole("main").getByRole("status", { name: /^Reading/ }), screen).toHaveCount(0, {
          timeout: USABLE_MS,
        });
        await expect(banner.getByText(/\bold\b/), screen).toBeVisible();
      }
    } finally {
      sandbox.thaw("coordinator");
    }
    await expect(page.getByRole("banner").getByText("Live")).toBeVisible({ timeout: 30_000 });
  });
});

test.describe("what failed operations leave", () => {
  const SLOT = "citus_shard_move_slot_99_10_10";

  test("F13: a slot that no move owns is listed on Rebalance with the statement that removes it, and is gone when it was run", async ({
    page,
    cluster,
  }) => {
    const sandbox = needsSandbox(cluster);
    const onWorker = (sql: string) => sandbox.query(sql, [], { node: "worker1" });
    await onWorker(`select pg_create_logical_replication_slot('${SLOT}', 'pgoutput')`);
    let sql = `select pg_drop_replication_slot('${SLOT}')`;
    try {
      await open(page, cluster, "rebalance");
      const row = page.getByRole("table", { name: "Left over by moves" }).getByRole("row", { name: SLOT });
      await expect(row).toContainText("on no list");
      await expect(row).toContainText(`:${sandbox.nodes.worker1.port}`);
      sql = (await row.locator("pre").textContent()) ?? sql;
    } finally {
      await onWorker(sql);
    }
    await expect(page.getByRole("table", { name: "Left over by moves" })).toHaveCount(0);
  });

  test("F14: a node that is closed and still holds shards is told on Nodes, and opened again from there", async ({
    page,
    cluster,
  }) => {
    const sandbox = needsSandbox(cluster);
    const { host, port } = sandbox.nodes.worker2;
    const set = (value: boolean) =>
      cluster.query("select citus_set_node_property($1, $2, 'shouldhaveshards', $3)", [host, port, value]);
    await set(false);
    try {
      await open(page, cluster, "nodes");
      const told = page.getByRole("status").filter({ hasText: "closed for shards and still holds some" });
      await expect(told).toContainText(`:${port}`);
      await expect(told.getByRole("button", { name: "Go on draining…" })).toBeVisible();
      await told.getByRole("button", { name: "Open it again…" }).click();
      await confirmAndSee(page, "Open for shards");
      await expect(told).toHaveCount(0);
    } finally {
      await set(true);
    }
  });
});

test("F28: a right that is taken away is named with the GRANT that gives it back, and all is well when it is", async ({
  page,
  cluster,
}) => {
  const sandbox = needsSandbox(cluster);
  const own = (sql: string) => sandbox.query(`set citus.enable_ddl_propagation = off; ${sql}`);
  await open(page, cluster, "nodes");
  await own("revoke select on pg_catalog.pg_dist_node from public");
  try {
    const card = page.getByRole("main").getByText("The database login lacks a privilege").first();
    await expect(card).toBeVisible();
    await expect(page.getByText(/GRANT SELECT ON pg_catalog\.pg_dist_node TO \w+;/).first()).toBeVisible();
    await expect(page.getByRole("table", { name: "Nodes of the cluster" })).toBeVisible();
  } finally {
    await own("grant select on pg_catalog.pg_dist_node to public");
  }
  await expect(page.getByText("The database login lacks a privilege")).toHaveCount(0);
});
