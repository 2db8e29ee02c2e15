import type { BrowserContext } from "@playwright/test";
import type { TopicName } from "../lib/domain/live";
import { expect, open, test } from "./fixtures";

/** What of a topic the pages of a browser are answered with from now on; not what is answered with "nothing new". */
function answersTo(context: BrowserContext, topic: TopicName): URL[] {
  const asked: URL[] = [];
  context.on("response", (response) => {
    if (response.ok() && response.url().includes(`/live/${topic}`)) asked.push(new URL(response.url()));
  });
  return asked;
}

test("layout and sizes are read by one worker, and the whole layout comes once", async ({ page, cluster }) => {
  const asked = answersTo(page.context(), "topology");
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
    expect(asked.filter(({ searchParams }) => !searchParams.has("since"))).toHaveLength(1);
  } finally {
    await cluster.query(`drop table ${name}`);
  }
});

test("a shard that moves comes along with the news of it: the page does not ask", async ({ page, cluster }) => {
  const name = `moves_along_${Date.now()}`;
  await cluster.query(`create table ${name} (id bigint primary key)`);
  await cluster.query("select create_distributed_table($1, 'id', shard_count := 1, colocate_with := 'none')", [name]);
  try {
    await open(page, cluster, "shards");
    await page.getByLabel("Filter shards").fill(name);
    const row = page
      .getByRole("grid", { name: "Shard groups", exact: true })
      .getByRole("row")
      .filter({ hasText: name });
    await expect(row).toHaveCount(1, { timeout: 20_000 });
    const asked = answersTo(page.context(), "topology");
    const [moved] = await cluster.query<{ port: number }>(
      `select o.nodeport as port, citus_move_shard_placement(s.shardid, n.nodename, n.nodeport, o.nodename, o.nodeport, 'block_writes')
         from pg_dist_shard s
         join pg_dist_placement p using (shardid)
         join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
         join lateral (select * from pg_dist_node t where t.groupid not in (0, p.groupid) and t.noderole = 'primary'
                          and t.shouldhaveshards order by t.groupid limit 1) o on true
        where s.logicalrelid = $1::regclass`,
      [name],
    );
    await expect(row).toContainText(`:${moved?.port}`, { timeout: 20_000 });
    expect(asked).toEqual([]);
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
