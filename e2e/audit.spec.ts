import { readFileSync } from "node:fs";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, open, test } from "./fixtures";
import { chooseForNode, confirmAndSee, takePicture } from "./pages";

test.describe.configure({ mode: "serial" });

let port = 0;

test.beforeAll(async ({ connected }) => {
  const [node] = await connected.query<{ nodeport: number }>(
    "select nodeport from pg_dist_node where groupid > 0 and noderole = 'primary' and isactive order by nodeport limit 1",
  );
  port = node?.nodeport ?? 0;
});

/** Whatever became of the tests, the node may hold shards again. */
test.afterAll(async ({ connected }) => {
  await connected.query(
    "select citus_set_node_property(nodename, nodeport, 'shouldhaveshards', true) from pg_dist_node where nodeport = $1",
    [port],
  );
});

test("a deed stands in the audit with who, its statement and its outcome, and has a page of its own that survives a reload", async ({
  page,
  cluster,
}) => {
  await open(page, cluster, "nodes");
  await chooseForNode(page, port, "Close for new shards…");
  await confirmAndSee(page, "Close for new shards");

  await open(page, cluster, "operations");
  const row = page.getByRole("grid", { name: "Operations" }).getByRole("row").nth(1);
  await expect(row).toContainText(new RegExp(`Close for new shards .*:${port}`));
  await expect(row).toContainText("succeeded");
  await row.click();
  await expect(page).toHaveURL(/\/operations\/[0-9a-f-]{36}$/);
  const happened = page.getByRole("region", { name: "What happened" });
  const confirmed = page.getByRole("region", { name: "As it was confirmed" });
  for (const again of [false, true]) {
    if (again) await page.reload();
    await expect(happened).toContainText("citus_set_node_property");
    await expect(happened).toContainText("and seen on the cluster.");
    await expect(confirmed).toContainText("before the first statement");
    await expect(confirmed).toContainText(/From.*(127\.0\.0\.1|::1)/);
  }
  await takePicture(page, "operation");
  await accessible(page);

  await page.getByRole("link", { name: "Records in the audit" }).click();
  const records = page.getByRole("grid", { name: "Records of the audit" });
  await expect(records.getByRole("row")).toHaveCount(3);
  await expect(records.getByRole("row").nth(1)).toContainText("Outcome: succeeded");
  await records.getByRole("row").nth(2).click();
  const panel = page.getByRole("complementary", { name: /^Record #\d+$/ });
  await expect(panel).toContainText("What was looked at");
  await expect(panel).toContainText("citus_set_node_property");
  await takePicture(page, "audit-record");
  await accessible(page);
  await page.reload();
  await expect(panel).toContainText("citus_set_node_property");
  await expect(page.getByText(/^verified up to #\d/)).toBeVisible();
});

test("the filters stand in the address and narrow the list; the export is of what they leave", async ({
  page,
  cluster,
}) => {
  await open(page, cluster, "audit");
  const records = page.getByRole("grid", { name: "Records of the audit" });
  await expect(records.getByRole("row").nth(2)).toBeVisible();
  await page.getByLabel("Kind").selectOption("outcome");
  await page.getByLabel("Change").selectOption("node.close");
  await page.getByLabel("Filter the audit by words").fill(`:${port}`);
  await expect(page).toHaveURL(/kind=outcome/);
  await page.reload();
  await expect(page.getByLabel("Kind")).toHaveValue("outcome");
  await expect(records.getByRole("row").nth(1)).toContainText("Outcome");
  for (const row of (await records.getByRole("row").all()).slice(1)) await expect(row).toContainText("Outcome");

  const lines = await exported(page, "Export JSON lines");
  const parsed = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(parsed.length).toBeGreaterThan(0);
  for (const record of parsed) expect(record).toMatchObject({ kind: "outcome", details: { change: "node.close" } });
  const csv = await exported(page, "Export CSV");
  expect(csv.split("\r\n")[0]).toBe(
    "seq,at,kind,cluster,person,name,session,from,run,change,subject,state,details,prev,hash",
  );
  expect(csv.trim().split("\r\n")).toHaveLength(parsed.length + 1);

  await page.getByLabel("Filter the audit by words").fill("no such words anywhere");
  await expect(page.getByText("No record fits the filter.")).toBeVisible();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByLabel("Of", { exact: true }).selectOption("console");
  await expect(records).toContainText("Signed in");
});

test.describe("a viewer", () => {
  test.use({ as: "viewer" });

  test("sees only their own deeds, no export, no sign-ins of others, and why", async ({ page, cluster }) => {
    await open(page, cluster, "audit");
    await expect(page.getByText(/^Only what you did yourself is shown\. Your role is viewer/)).toBeVisible();
    await expect(page.getByRole("main")).not.toContainText("citus_set_node_property");
    await expect(page.getByRole("main")).not.toContainText("Close for new shards :");
    for (const name of ["Export JSON lines", "Export CSV"]) {
      const button = page.getByRole("button", { name });
      await expect(button).toHaveAttribute("aria-disabled", "true");
      await expect(button).toHaveAccessibleDescription(/^Your role is viewer; this needs the role admin/);
    }
    const api = cluster.path("audit").replace("/clusters/", "/api/clusters/");
    for (const [address, status] of [
      [`${api}?scope=console`, 403],
      [`${api}/export?format=csv`, 403],
      [`${api}?kind=nonsense`, 400],
      [`${api}/check`, 200],
    ] as const)
      expect((await page.request.get(address)).status(), address).toBe(status);
    await takePicture(page, "audit-viewer");
  });

  test("sees on every screen why a button is off", async ({ page, cluster }) => {
    await open(page, cluster, "nodes");
    await expect(page.getByRole("button", { name: "Add node…" })).toHaveAccessibleDescription(/^Your role is viewer/);
    await page.getByRole("button", { name: new RegExp(`^Actions for .*:${port}$`) }).click();
    for (const deed of ["Add secondary…", "Disable…", "Drain…", "Remove…"])
      await expect(page.getByRole("menuitem", { name: deed })).toContainText("Your role is viewer");
    await page.keyboard.press("Escape");
    await open(page, cluster, "tables");
    const distribute = page.getByRole("button", { name: /^Distribute public\./ }).first();
    await expect(distribute).toHaveAccessibleDescription(/^Your role is viewer/);
    await open(page, cluster, "rebalance");
    await expect(page.getByRole("button", { name: /^Start: / })).toHaveAccessibleDescription(/^Your role is viewer/);
    const session = await cluster.session();
    await session.query("begin; select pg_backend_pid()");
    await open(page, cluster, "activity");
    await page
      .getByRole("checkbox", { name: /^Choose session/ })
      .first()
      .check();
    for (const name of ["Cancel query", "Terminate session…"])
      await expect(page.getByRole("button", { name })).toHaveAccessibleDescription(/^Your role is viewer/);
    await session.end();
  });
});

async function exported(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).click()]);
  return readFileSync(await download.path(), "utf8");
}

async function accessible(page: Page): Promise<void> {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(" | ")}`)).toEqual(
    [],
  );
}
