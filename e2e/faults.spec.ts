import type { Page } from "@playwright/test";
import { expect, needsSandbox, open, type TestCluster, test } from "./fixtures";

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

test.describe("a worker that is down", () => {
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

  test("the coordinator stopped: what was read stays with its age and the reason, and comes back without a reload", async ({
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
