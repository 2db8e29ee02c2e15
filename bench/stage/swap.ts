import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "./cluster.ts";

/** Shards of hash tables at one node group, those with placements elsewhere left out; in an order that stays. */
const SHARDS_AT = `
  select s.shardid::float8 as id
    from pg_catalog.pg_dist_placement p join pg_catalog.pg_dist_shard s using (shardid)
    join pg_catalog.pg_dist_partition t on t.logicalrelid = s.logicalrelid
   where p.groupid = $1 and t.partmethod = 'h'
   order by s.shardid offset $2 limit $3`;

/** As Citus notes a move: the placement that was there goes, and one with a number of its own comes. */
const REPLACE = `
  with place as (select * from unnest($1::bigint[], $2::integer[]) as t (shardid, groupid)),
       gone as (delete from pg_catalog.pg_dist_placement p using place where p.shardid = place.shardid returning p.*)
  insert into pg_catalog.pg_dist_placement (placementid, shardid, shardstate, shardlength, groupid)
  select nextval('pg_catalog.pg_dist_placement_placementid_seq'), g.shardid, g.shardstate, g.shardlength, place.groupid
    from gone g join place using (shardid)`;

/**
 * Lets so many shards change their place in the coordinator's catalogs: two and two swap their nodes, in one transaction. Nothing is copied,
 * and no query may run over them meanwhile. Returns how to put it back.
 */
export async function swapPlacements(cluster: Cluster, shards: number, skip = 0): Promise<() => Promise<void>> {
  const groups = await cluster.query<{ id: number }>(
    `select groupid as id from pg_catalog.pg_dist_node
      where noderole = 'primary' and isactive and shouldhaveshards order by groupid limit 2`,
  );
  const [here = [], there = []] = await Promise.all(
    groups.map(({ id }) => cluster.query<{ id: number }>(SHARDS_AT, [id, skip, shards / 2])),
  );
  if (here.length < shards / 2 || there.length < shards / 2)
    throw new Error(`The cluster has no ${shards} shards that could be swapped.`);
  const swap = async (first: number | undefined, second: number | undefined) => {
    const places = [...here.map(({ id }) => [id, second]), ...there.map(({ id }) => [id, first])];
    await cluster.query(REPLACE, [places.map(([id]) => id), places.map(([, group]) => group)]);
  };
  const [first, second] = groups.map(({ id }) => id);
  await swap(first, second);
  return () => swap(second, first);
}

/** One shard goes from the node that holds most to the one that holds least; `number` chooses among them. Says when that was committed, by the clock that all processes share. */
export async function moveOne(
  cluster: Cluster,
  number: number,
): Promise<{ committedAt: number; putBack: () => Promise<void> }> {
  const [move] = await cluster.query<{ shardid: number; from: number; to: number }>(
    `with held as (
       select p.groupid, count(*) as n from pg_catalog.pg_dist_placement p join pg_catalog.pg_dist_node g using (groupid)
        where g.shouldhaveshards and g.noderole = 'primary' group by 1)
     select s.shardid::float8 as shardid, p.groupid as "from", (select groupid from held order by n, groupid limit 1) as "to"
       from pg_catalog.pg_dist_shard s join pg_catalog.pg_dist_placement p using (shardid)
       join pg_catalog.pg_dist_partition t on t.logicalrelid = s.logicalrelid and t.partmethod = 'h'
       join pg_catalog.pg_class c on c.oid = t.logicalrelid and c.relnamespace = to_regnamespace('scale')
      where p.groupid = (select groupid from held order by n desc, groupid desc limit 1)
      order by s.shardid offset $1 limit 1`,
    [number * 7],
  );
  if (!move) throw new Error("The cluster has no shard that could be moved.");
  const place = (groupId: number) => cluster.query(REPLACE, [[move.shardid], [groupId]]);
  await place(move.to);
  return {
    committedAt: performance.timeOrigin + performance.now(),
    putBack: async () => void (await place(move.from)),
  };
}

/** From now on some shards change their place every second, and back. Ends with every one where it was. */
export function startUpdates(cluster: Cluster): () => Promise<void> {
  const over = new AbortController();
  const going = (async () => {
    for (let round = 0; !over.signal.aborted; round += 1) {
      const putBack = await swapPlacements(cluster, 20, (round % 50) * 20);
      await sleep(1_000, undefined, { signal: over.signal }).catch(() => {}); // cut short at the end
      await putBack();
    }
  })();
  going.catch(() => {}); // said by whoever ends it
  return async () => {
    over.abort();
    await going;
  };
}
