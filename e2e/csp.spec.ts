import type { Page } from "@playwright/test";
import { expect, open, type TestCluster, test } from "./fixtures";
import { chooseForNode } from "./pages";

const SCREENS = ["overview", "nodes", "shards", "tables", "balance", "rebalance", "activity", "replication"];

/** Collects what the browser refuses by policy, however it says so: as an event in the page and as a line of its console. */
async function listen(page: Page): Promise<string[]> {
  const refused: string[] = [];
  await page.exposeFunction("__refused", (what: string) => refused.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { violatedDirective, blockedURI, sourceFile, lineNumber } = event;
      const report = `${violatedDirective} ${blockedURI} in ${sourceFile}:${lineNumber}`;
      (window as typeof window & { __refused?: (what: string) => void }).__refused?.(report);
    });
  });
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted ?(Types?|Script|HTML)/i.test(message.text())) refused.push(message.text());
  });
  return refused;
}

/** What opens over a screen: dialogs with plans, drawers, menus, the palette, the help. */
const OVERLAYS: { screen: string; opens: (page: Page, cluster: TestCluster) => Promise<void> }[] = [
  { screen: "nodes", opens: (page) => page.getByRole("button", { name: "Add node…" }).click() },
  { screen: "nodes", opens: (page) => page.getByRole("row").getByRole("button", { name: /:\d+$/ }).first().click() },
  {
    screen: "nodes",
    opens: async (page, cluster) => {
      const [worker] = await cluster.query<{ port: number }>("select max(nodeport) as port from pg_dist_node");
      await chooseForNode(page, worker?.port ?? 0, "Drain…");
    },
  },
  {
    screen: "tables",
    opens: (page) =>
      page
        .getByRole("button", { name: /^Distribute\b/ })
        .first()
        .click(),
  },
  { screen: "overview", opens: (page) => page.keyboard.press("Control+k") },
  { screen: "overview", opens: (page) => page.keyboard.press("?") },
];

test("all screens, and what opens over them, work under the page's own policy: the browser refuses nothing", async ({
  page,
  cluster,
}) => {
  test.setTimeout(180_000);
  const refused = await listen(page);
  for (const screen of SCREENS) await open(page, cluster, screen);
  for (const { screen, opens } of OVERLAYS) {
    await open(page, cluster, screen);
    // A key pressed before the page listens is lost: pressed again.
    await expect(async () => {
      await opens(page, cluster);
      await expect(page.getByRole("dialog"), `${screen}: ${opens}`).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 30_000 });
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
  }
  await page.goto("/there-is-no-such-page");
  expect(refused).toEqual([]);
});

test("what got into a page by mistake does not run: a script, a handler, a link, a style, text made HTML", async ({
  page,
  cluster,
}) => {
  const refused = await listen(page);
  const injected =
    '<script>window.__pwned = 1</script><img src="x" onerror="window.__pwned = 2"><style>body { opacity: 0.5 }</style>' +
    '<a id="bad" href="javascript:window.__pwned=3">x</a><script src="http://127.0.0.1:9/a.js"></script>';
  await page.route(`**${cluster.path("overview")}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace("</body>", `${injected}</body>`) });
  });
  await page.goto(cluster.path("overview"));
  await page.locator("#bad").dispatchEvent("click");
  await expect.poll(() => refused.filter((one) => /^(script|style)-src/.test(one)).length).toBeGreaterThanOrEqual(5);
  const htmlFromText = await page.evaluate(() => {
    try {
      document.createElement("div").innerHTML = "<b>x</b>";
      return "made";
    } catch {
      return "refused";
    }
  });
  expect(htmlFromText).toBe("refused");
  expect(await page.evaluate(() => "__pwned" in window)).toBe(false);
});
