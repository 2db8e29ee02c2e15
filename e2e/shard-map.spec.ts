import { expect, open, test } from "./fixtures";

const MAP = "canvas[data-map]";

test("the map on canvas: nearer by key, the cell that is painted is the cell that is hit, and a link shows the same", async ({
  page,
  cluster,
}) => {
  await open(page, cluster, "shards?draw=pixels");
  const map = page.getByRole("application", { name: /blocks, a band per node/ });
  await map.focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const tip = page.locator("[data-tip]");
  const walkedTo = (await tip.textContent())?.match(/^\d+/)?.[0] ?? "none";
  for (let press = 0; press < 4; press += 1) await page.keyboard.press("+");
  await expect(page).toHaveURL(/zoom=[\d.]+&at=\d+%3A\d+/);

  // By pointer: what lies in the middle says its name, is painted in a colour of the scale, and opens as what it said.
  const box = await map.boundingBox();
  if (!box) throw new Error("the map is not on the screen");
  // Blocks are wider than the gap between bands: of two points nearer to each other than a block, one lies in a block.
  const middle = { x: box.x + 60, y: box.y };
  do {
    middle.y += 25;
    await page.mouse.move(middle.x, middle.y);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  } while (!(await tip.isVisible()) && middle.y + 25 < box.y + box.height);
  const pointedAt = (await tip.textContent())?.match(/^\d+/)?.[0] ?? "none";
  const coloursPainted = () =>
    page.locator(MAP).evaluate((canvas: HTMLCanvasElement) => {
      const tile = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      const style = getComputedStyle(document.documentElement);
      const scale = [1, 2, 3, 4, 5, 6, 7].map((step) => style.getPropertyValue(`--by-${step}`).trim());
      const seen = new Set<string>();
      for (let at = 0; at < tile.length; at += 4) {
        const hex = [0, 1, 2].map((part) => (tile[at + part] ?? 0).toString(16).padStart(2, "0")).join("");
        if ((tile[at + 3] ?? 0) === 255) seen.add(`#${hex}`);
      }
      return scale.filter((colour) => seen.has(colour)).length;
    });
  // Sizes come after the layout.
  await expect.poll(coloursPainted).toBeGreaterThan(1);
  await page.mouse.click(middle.x, middle.y);
  await expect(page.getByRole("complementary", { name: `Shard group ${pointedAt}` })).toBeVisible();
  expect(Number(walkedTo)).toBeGreaterThan(100_000);

  // The table has the same row, in sight; the address shows the same again, and so does Back.
  const table = page.getByRole("grid", { name: "Shard groups" });
  await expect(table.locator('tr[aria-selected="true"]').getByText(pointedAt)).toBeInViewport();
  await expect(page).toHaveURL(new RegExp(`group=${pointedAt}`));
  // The place comes into the address when the picture has come to rest, a quarter of a second later.
  await expect
    .poll(async () => {
      const before = page.url();
      await page.waitForTimeout(600);
      return page.url() === before;
    })
    .toBe(true);
  const address = page.url();
  await page.getByRole("link", { name: "Tables" }).first().click();
  await expect(page).toHaveURL(/\/tables$/);
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole("complementary", { name: `Shard group ${pointedAt}` })).toBeVisible();
  await expect(page.getByRole("button", { name: "Zoom out" })).toBeEnabled();
  await page.getByRole("button", { name: "Show all" }).click();
  await expect(page).not.toHaveURL(/zoom=/);
});

test("coloured by activity the map says that a rate needs two readings, and reads nothing of it before", async ({
  page,
  cluster,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("shard-activity")) asked.push(request.url());
  });
  await open(page, cluster, "shards");
  expect(asked).toEqual([]);
  await page.getByRole("radio", { name: "Activity" }).click();
  await expect(page.getByText("A rate needs two readings.")).toBeVisible();
  await expect(page).toHaveURL(/colour=activity/);
  expect(asked.length).toBeGreaterThan(0);
});
