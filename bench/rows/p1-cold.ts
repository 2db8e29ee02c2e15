import type { Measured } from "../figures.ts";
import { median, quantile } from "../figures.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import { type ConsoleOn, withConsole } from "../stage/console.ts";
import { untilMeasured } from "../stage/measured.ts";
import { psql } from "../stage/psql.ts";
import { askTopic, shardsIn } from "../stage/transport.ts";
import { until } from "../stage/until.ts";

const VIEW = "select * from citus_shards";
const WARM_REQUESTS = 60;

/**
 * P1: a console that was just started and has never spoken to the cluster; the clock begins with the first request of a browser that
 * opens the shards. Between two of its runs psql reads the view, while no console runs.
 */
export const row: BenchRow = {
  id: "P1",
  figures: [
    {
      id: "P1.cold",
      what: "first request until the layout of all shards is served",
      beside: `psql -c '${VIEW}'`,
      unit: "ms",
      target: { of: "ratio", most: 0.1 },
      onCitusOnly: true,
    },
    {
      id: "P1.exact",
      what: "first request until every size is exact",
      beside: `psql -c '${VIEW}'`,
      unit: "ms",
      target: { of: "ratio", most: 0.6 },
      onCitusOnly: true,
    },
    {
      id: "P1.warm",
      what: "warm request for the whole layout, p95",
      beside: `psql -c '${VIEW}'`,
      unit: "ms",
      target: { of: "ratio", most: 0.005 },
      onCitusOnly: true,
    },
  ],
  run,
};

async function run(bench: Bench): Promise<Measured[]> {
  const times: { cold: number; exact: number; warm: number[] }[] = [];
  const views: number[] = [];
  for (let turn = 1; turn <= bench.runs; turn += 1) {
    bench.say(`console, ${turn} of ${bench.runs}`);
    times.push(await withConsole(bench.cluster, {}, (console) => lookOnce(bench, console)));
    bench.say(`psql, ${turn} of ${bench.runs}`);
    views.push(await psql(bench.cluster, VIEW));
  }
  const baseline = median(views);
  const ours = {
    "P1.cold": median(times.map(({ cold }) => cold)),
    "P1.exact": median(times.map(({ exact }) => exact)),
    "P1.warm": quantile(
      times.flatMap(({ warm }) => warm),
      0.95,
    ),
  };
  return Object.entries(ours).map(([id, value]) => ({ id, ours: value, baseline }));
}

async function lookOnce({ cluster }: Bench, { asker }: ConsoleOn) {
  const began = performance.now();
  const { tookMs: cold, answer } = await until("the layout", async () => {
    const answer = await askTopic(asker, "topology");
    return shardsIn(answer) === null ? null : answer;
  });
  const found = shardsIn(answer);
  if (found !== cluster.shards)
    throw new Error(`The console tells of ${found} shards, the cluster has ${cluster.shards}.`);
  // A page asks for sizes when it has the layout.
  await untilMeasured(cluster, asker);
  const exact = performance.now() - began;
  const warm: number[] = [];
  for (let request = 0; request < WARM_REQUESTS; request += 1) {
    const asked = performance.now();
    await askTopic(asker, "topology");
    warm.push(performance.now() - asked);
  }
  return { cold, exact, warm };
}
