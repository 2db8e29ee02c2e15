import AxeBuilder from "@axe-core/playwright";
import { expect, open, test } from "./fixtures";
import { takePicture } from "./pages";

const SCREENS = [
  "overview",
  "nodes",
  "shards",
  "moves",
  "tables",
  "balance",
  "rebalance",
  "operations",
  "activity",
  "replication",
  "audit",
];
const THEMES = ["light", "dark"] as const;

for (const theme of THEMES) {
  test.describe(`in the ${theme} theme`, () => {
    test.beforeEach(async ({ context, baseURL }) => {
      await context.addCookies([{ name: "shardboard-theme", value: theme, url: baseURL ?? "" }]);
    });

    for (const screen of SCREENS) {
      test(`${screen}: axe finds nothing at WCAG 2.2 AA`, async ({ page, cluster }) => {
        await open(page, cluster, screen);
        await expect(page.getByRole("banner").getByText(/^Live/)).toBeVisible();
        await takePicture(page, `${screen}-${theme}`);
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        expect(
          violations.map(
            ({ id, nodes }) =>
              `${id}: ${nodes
                .map((node) => node.target.join(" "))
                .slice(0, 3)
                .join(" | ")}`,
          ),
        ).toEqual([]);
      });
    }
  });
}

for (const width of [1024, 640, 390]) {
  test(`at ${width} px no screen is wider than the window`, async ({ page, cluster }) => {
    await page.setViewportSize({ width, height: 900 });
    for (const screen of SCREENS) {
      await open(page, cluster, screen);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow, screen).toBeLessThanOrEqual(0);
    }
  });
}

test("the keyboard goes everywhere: g and a letter, Ctrl K, and ? for help", async ({ page, cluster }) => {
  await open(page, cluster, "overview");
  await page.keyboard.press("g");
  await page.keyboard.press("n");
  await expect(page).toHaveURL(/\/nodes$/);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("replic");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/replication$/);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});

test("nothing on a screen asks for citus_shards", async ({ page, cluster }) => {
  const marker = "shardboard:";
  await cluster.query("select pg_stat_clear_snapshot()");
  const seen = new Set<string>();
  for (const screen of SCREENS) {
    await open(page, cluster, screen);
    for (let look = 0; look < 5; look += 1) {
      const rows = await cluster.query<{ query: string }>("select query from pg_stat_activity where query like $1", [
        `%${marker}%`,
      ]);
      for (const { query } of rows) seen.add(query);
    }
  }
  expect(seen.size).toBeGreaterThan(3);
  expect([...seen].filter((query) => /\bcitus_(shards|tables)\b/.test(query))).toEqual([]);
});
