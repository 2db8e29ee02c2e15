import { gzipSync } from "node:zlib";
import type { Measured } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import type { Cluster } from "../stage/cluster.ts";
import { withConsole } from "../stage/console.ts";
import { swapPlacements } from "../stage/swap.ts";
import { askTopic, shardsIn } from "../stage/transport.ts";
import { until } from "../stage/until.ts";

const CHANGED = 200;

/** P3: bytes as they come over the wire to a browser, beside the same rows as JSON under gzip. */
export const row: BenchRow = {
  id: "P3",
  figures: [
    {
      id: "P3.first",
      what: "the whole layout, first time",
      beside: "the same rows as JSON, gzip",
      unit: "kB",
      target: { of: "ours", most: 500 },
    },
    {
      id: "P3.refresh",
      what: `a refresh with ${CHANGED} changed shards`,
      beside: "the same rows as JSON, gzip",
      unit: "kB",
      target: { of: "ours", most: 5 },
    },
  ],
  run,
};

async function run({ cluster, say }: Bench): Promise<Measured[]> {
  const baseline = (await jsonBytes(cluster)) / 1_000;
  return withConsole(cluster, {}, async ({ asker }) => {
    const { answer: first } = await until("the layout", async () => {
      const answer = await askTopic(asker, "topology");
      return shardsIn(answer) === null ? null : answer;
    });
    say(`${CHANGED} shards change their place`);
    const putBack = await swapPlacements(cluster, CHANGED);
    try {
      const { answer: refresh } = await until("the change", async () => {
        const answer = await askTopic(asker, "topology", first.version);
        return answer.status === 200 && answer.version !== first.version ? answer : null;
      });
      return [
        { id: "P3.first", ours: first.wireBytes / 1_000, baseline },
        { id: "P3.refresh", ours: refresh.wireBytes / 1_000, baseline },
      ];
    } finally {
      await putBack();
    }
  });
}

/** The rows that a browser needs to draw the layout, as they come from the catalogs. */
async function jsonBytes(cluster: Cluster): Promise<number> {
  const rows = await cluster.query(
    `select s.shardid, s.logicalrelid::oid::int8 as table_oid, s.shardminvalue::int as min, s.shardmaxvalue::int as max,
            array(select p.groupid from pg_catalog.pg_dist_placement p where p.shardid = s.shardid order by 1) as group_ids
       from pg_catalog.pg_dist_shard s order by s.shardid`,
  );
  return gzipSync(JSON.stringify(rows)).length;
}
