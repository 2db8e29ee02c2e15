import { afterAll, beforeAll, expect, test } from "vitest";
import { shardsOf } from "@/lib/domain/shard-columns";
import type { Topology } from "@/lib/domain/topology";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readTopology } from "./reads";
import { readWatchedTopology } from "./watched";

const { sandbox, asReadLogin } = testCluster();
beforeAll(() => sandbox.reset());
afterAll(async () => {
  await sandbox.reset();
  await closePools();
});

const look = () => readWatchedTopology(asReadLogin, { isAsked: false });
const contents = ({ shards, ...rest }: Topology) => ({ ...rest, shards: shardsOf(shards) });

/** Moves the table's first shard to another worker. */
function moveOf(table: string, mode: string): string {
  return `select pg_catalog.citus_move_shard_placement(s.shardid, a.nodename, a.nodeport, b.nodename, b.nodeport, ${mode})
            from (select min(shardid) as shardid from pg_catalog.pg_dist_shard where logicalrelid = '${table}'::regclass) s
            join pg_catalog.pg_dist_placement p using (shardid)
            join pg_catalog.pg_dist_node a on a.groupid = p.groupid
            join lateral (select * from pg_catalog.pg_dist_node n where n.groupid not in (0, p.groupid) limit 1) b on true`;
}

/** After a change the very next look says what a reading of everything says, and it is not what it was. */
async function expectSeen(change: string): Promise<void> {
  const before = await look();
  await sandbox.query(change);
  const after = await look();
  expect(contents(after), change).toEqual(contents(await readTopology(asReadLogin)));
  expect(contents(after), change).not.toEqual(contents(before));
}

test("while nothing changes the very same layout comes back", async () => {
  const first = await look();
  expect(await look()).toBe(first);
  // A transaction that has nothing to do with the layout.
  await sandbox.query("create table public.bystander (id int)");
  expect(await look()).toBe(first);
});

test.each([
  [
    "a new table",
    "create table public.seen (id bigint primary key); select create_distributed_table('public.seen', 'id')",
  ],
  ["a move", moveOf("public.seen", "'block_writes'")],
  ["a table's new name", "alter table public.seen rename to seen_later"],
  ["a table's new owner", "alter table public.seen_later owner to app_rw"],
  ["another replica identity", "alter table public.seen_later replica identity full"],
  ["a table that is gone", "drop table public.seen_later"],
  [
    "a placement changed by hand",
    `update pg_catalog.pg_dist_placement set groupid = 3 - groupid where placementid =
       (select min(p.placementid) from pg_catalog.pg_dist_placement p join pg_catalog.pg_dist_shard s using (shardid)
         where s.logicalrelid = 'public.orders'::regclass and p.groupid in (1, 2))`,
  ],
])("%s shows at the next look", (_, change) => expectSeen(change));
