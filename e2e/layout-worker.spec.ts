import { expect, open, test } from "./fixtures";

test("layout and sizes are read by one worker, and what moves comes as what differs", async ({ page, cluster }) => {
  const asked: URL[] = [];
  page.context().on("response", (response) => {
    if (response.ok() && /\/live\/(topology|sizes)/.test(response.url())) asked.push(new URL(response.url()));
  });
  await open(page, cluster, "shards");
  await expect(page.getByRole("grid", { name: "Shard groups", exact: true })).toBeVisible();
  expect(page.workers().map((worker) => new URL(worker.url()).origin)).toEqual([new URL(page.url()).origin]);
  await expect(page.getByText(/\d shard groups$/)).toBeVisible();

  await page.getByLabel("Filter shards").fill("there is no such shard");
  await expect(page.getByText('No shard matches "there is no such shard".')).toBeVisible();
  await page.getByRole("button", { name: "Clear the filter" }).click();

  const name = `layout_worker_${Date.now()}`;
  await cluster.query(`create table ${name} (id bigint primary key)`);
  await cluster.query("select create_distributed_table($1, 'id', shard_count := 4, colocate_with := 'none')", [name]);
  try {
    await page.getByLabel("Filter shards").fill(name);
    await expect(page.getByText(/^4 of \d+ shard groups$/)).toBeVisible({ timeout: 20_000 });
    expect(asked.filter(({ searchParams }) => searchParams.has("since"))).not.toEqual([]);
  } finally {
    await cluster.query(`drop table ${name}`);
  }
});

test("the seventh tab of a browser works as the first: one event stream serves them all", async ({
  page,
  context,
  cluster,
}) => {
  test.setTimeout(240_000);
  let streams = 0;
  context.on("request", (request) => {
    if (request.url().endsWith("/events")) streams += 1;
  });
  const tabs = [page];
  while (tabs.length < 7) tabs.push(await context.newPage());
  for (const tab of tabs) {
    await open(tab, cluster, "shards");
    await expect(tab.getByRole("banner").getByText(/^Live/)).toBeVisible();
    await expect(tab.getByRole("grid", { name: "Shard groups", exact: true })).toBeVisible();
  }
  expect(streams).toBe(1);
  for (const tab of tabs.slice(1)) await tab.close();
});
