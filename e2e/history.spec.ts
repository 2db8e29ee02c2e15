import AxeBuilder from "@axe-core/playwright";
import { expect, open, type TestCluster, test } from "./fixtures";
import { takePicture } from "./pages";

/** What the console remembers of a layout, seen from the move of a shard to the map before it. */

type Move = { shardid: string; source: string; target: string };

const toMove = (cluster: TestCluster) =>
  cluster.query<Move>(
    `select s.shardid, n.nodename || ':' || n.nodeport as source,
            (select o.nodename || ':' || o.nodeport from pg_dist_node o
              where o.groupid > 0 and o.noderole = 'primary' and o.shouldhaveshards and o.groupid <> p.groupid
              order by o.groupid limit 1) as target
       from pg_dist_shard s
       join pg_dist_placement p on p.shardid = s.shardid
       join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where s.logicalrelid = 'customers'::regclass order by s.shardid limit 1`,
  );

const portOf = (address: string) => address.slice(address.lastIndexOf(":"));
const move = (cluster: TestCluster, shardid: string, from: string, to: string) =>
  cluster.query(
    `select citus_move_shard_placement($1::bigint, split_part($2, ':', 1), split_part($2, ':', 2)::int,
                                       split_part($3, ':', 1), split_part($3, ':', 2)::int, 'block_writes')`,
    [shardid, from, to],
  );

test("a shard that moved is in the list with both nodes, and the map before it shows where it was and changes nothing", async ({
  page,
  cluster,
  context,
  baseURL,
}) => {
  await context.addCookies([{ name: "shardboard-theme", value: "dark", url: baseURL ?? "" }]);
  const [one] = await toMove(cluster);
  if (!one) throw new Error("the cluster has no table customers");
  await open(page, cluster, "shards");
  await expect(page.getByRole("slider", { name: "Moment that is shown" })).toBeVisible();
  await move(cluster, one.shardid, one.source, one.target);
  try {
    await page.getByRole("link", { name: "What moved" }).click();
    const moves = page.getByRole("grid", { name: "What moved" });
    const row = moves
      .getByRole("row")
      .filter({ hasText: `${one.source} → ${one.target}` })
      .first();
    await expect(row).toBeVisible({ timeout: 45_000 });
    await expect(row).toContainText("public.customers");
    await expect(page.getByText(/^Since Monday .*shard groups? moved with/)).toBeVisible();
    await takePicture(page, "moves-one-dark");
    await row.getByRole("link", { name: "Map before it" }).click();

    await expect(page.getByRole("status").getByText(/^You look at .*; nothing here can be changed\.$/)).toBeVisible();
    const groups = page.getByRole("grid", { name: "Shard groups" });
    const group = groups.getByRole("row").filter({ hasText: one.shardid });
    await expect(group).toContainText(portOf(one.source));
    await takePicture(page, "shards-past-dark");
    await context.addCookies([{ name: "shardboard-theme", value: "light", url: baseURL ?? "" }]);
    await page.reload();
    await expect(group).toContainText(portOf(one.source));
    await takePicture(page, "shards-past-light");
    const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag22aa"]).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);

    await page.getByRole("button", { name: "Back to now" }).click();
    await expect(group).toContainText(portOf(one.target));
    await expect(page).not.toHaveURL(/at=/);
  } finally {
    await move(cluster, one.shardid, one.target, one.source);
  }
});
