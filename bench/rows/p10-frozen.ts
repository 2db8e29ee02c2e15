import { type Measured, median } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { withConsole } from "../stage/console.ts";
import { psql } from "../stage/psql.ts";
import { followTopic, shardsIn, sizesIn } from "../stage/transport.ts";
import { until } from "../stage/until.ts";

const VIEW = "select * from citus_shards";

/** P10: a worker's processes stand still, and somebody opens the shards on a console that was just started. */
export const row: BenchRow = {
  id: "P10",
  figures: [
    {
      id: "P10",
      what: "one worker frozen: first request until the layout and the sizes of all other workers are there",
      beside: `psql -c '${VIEW}'`,
      unit: "ms",
      target: { of: "ours", most: 3_500 },
      onCitusOnly: true,
    },
  ],
  run,
};

async function run(bench: Bench): Promise<Measured[]> {
  const { cluster, say } = bench;
  const { sandbox } = cluster;
  if (!sandbox) {
    const remarks = "The cluster's processes do not run on this machine: no worker can be frozen.";
    return [{ id: "P10", ours: null, baseline: null, remarks }];
  }
  const [others] = await cluster.query<{ placements: number }>(
    `select count(*)::int as placements from pg_catalog.pg_dist_node n join pg_catalog.pg_dist_placement p using (groupid)
      where n.noderole = 'primary' and n.nodeport <> $1`,
    [sandbox.nodes.worker2.port],
  );
  const ours: number[] = [];
  const views: number[] = [];
  for (let turn = 1; turn <= bench.runs; turn += 1) {
    say(`console, ${turn} of ${bench.runs}`);
    const tookMs = await withConsole(cluster, {}, async ({ asker }) => {
      sandbox.freeze("worker2");
      try {
        const [layoutNews, sizesNews] = [followTopic(asker, "topology"), followTopic(asker, "sizes")];
        const known = { layout: 0, sizes: 0 };
        const look = async () => {
          const layout = await layoutNews();
          if (layout) known.layout = shardsIn(layout) ?? 0;
          if (known.layout !== cluster.shards) return null;
          const sizes = await sizesNews();
          if (sizes) known.sizes = sizesIn(sizes).shards;
          return known.sizes === others?.placements ? known : null;
        };
        return (await until("layout and sizes of the others", look, { stepMs: 50 })).tookMs;
      } finally {
        sandbox.thaw("worker2");
      }
    });
    ours.push(tookMs);
    say(`psql, ${turn} of ${bench.runs}`);
    sandbox.freeze("worker2");
    try {
      views.push(await psql(cluster, VIEW));
    } finally {
      sandbox.thaw("worker2");
    }
  }
  return [{ id: "P10", ours: median(ours), baseline: median(views) }];
}
