import { expect, needsSandbox, open, type TestCluster, test } from "./fixtures";
import { confirm, confirmAndSee, dialogOf } from "./pages";

/** A table of its own: a split cannot be taken back, and other tests count the sample's shards. */
const TABLE = "by_hand";

test.beforeAll(async ({ connected }) => {
  if (!connected.sandbox) return;
  await connected.query(`create table ${TABLE} (id bigint primary key)`);
  await connected.query(`alter table ${TABLE} owner to shop_owner`);
  await connected.query(`select create_distributed_table('${TABLE}', 'id', colocate_with => 'none', shard_count => 2)`);
});
test.afterAll(async ({ connected }) => {
  if (!connected.sandbox) return;
  await connected.query(`drop table if exists ${TABLE}`);
});

type Placement = { shardid: number; min: number; max: number; port: number };

const placements = ({ query }: TestCluster) =>
  query<Placement>(
    `select s.shardid::int, s.shardminvalue::int as min, s.shardmaxvalue::int as max, n.nodeport as port
       from pg_dist_shard s join pg_dist_placement p using (shardid)
       join pg_dist_node n on n.groupid = p.groupid and n.noderole = 'primary'
      where s.logicalrelid = 'public.${TABLE}'::regclass order by min`,
  );

test("a shard group is moved by hand to a node that may take it, then cut in two, and both are seen", async ({
  page,
  cluster,
}) => {
  needsSandbox(cluster); // the table belongs to a role of the sandbox
  const [first] = await placements(cluster);
  if (!first) throw new Error("the table has no shard");
  await open(page, cluster, `shards?group=${first.shardid}`);
  const panel = page.getByRole("complementary", { name: `Shard group ${first.shardid}` });
  await panel.getByRole("button", { name: "Move…" }).click();
  const dialog = dialogOf(page);
  const here = dialog.getByRole("radio", { name: new RegExp(`:${first.port}$`) });
  await expect(here).toBeDisabled();
  await expect(dialog.getByText("It holds this group already.")).toBeVisible();
  await dialog.getByRole("radio", { disabled: false }).first().check();
  await dialog.getByLabel("Transfer mode").selectOption("block_writes");
  await confirmAndSee(page, "Move");
  const moved = (await placements(cluster)).find((one) => one.shardid === first.shardid);
  expect(moved?.port).not.toBe(first.port);
  await expect(panel).toContainText(`:${moved?.port}`);

  await panel.getByRole("button", { name: "Split…" }).click();
  await dialog.getByLabel("Transfer mode").selectOption("block_writes");
  await dialog.getByLabel(/^Type the shard group's id/).fill(String(first.shardid));
  await confirm(page, "Split");
  await expect(dialog.getByText(/and seen on the cluster\.$/)).toBeVisible();
  const [left, right] = await placements(cluster);
  expect([left?.min, right?.max]).toEqual([first.min, first.max]);
  expect((left?.max ?? 0) + 1).toBe(right?.min);
});
