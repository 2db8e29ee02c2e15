import { setTimeout as wait } from "node:timers/promises";
import { clusterIdSchema } from "../../lib/domain/cluster.ts";
import type { Measured } from "../figures.ts";
import { withBareNext } from "../stage/bare-next.ts";
import type { Bench, BenchRow } from "../stage/bench-row.ts";
import type { Cluster } from "../stage/cluster.ts";
import { type ConsoleOn, withConsole } from "../stage/console.ts";
import { memoryOf } from "../stage/processes.ts";
import { askTopic, shardsIn } from "../stage/transport.ts";
import { until } from "../stage/until.ts";
import { openViewers } from "../stage/viewers.ts";

const VIEWERS = 200;
const CLUSTERS = 10;

/** P5: resident memory of the console's processes, as the kernel has it, after what is asked of it has gone on for a while. */
export const row: BenchRow = {
  id: "P5",
  figures: [
    {
      id: "P5.idle",
      what: "console with one cluster that nobody looks at",
      beside: "a bare Next server",
      unit: "MB",
      target: { of: "ratio", most: 1.5 },
    },
    {
      id: "P5.one",
      what: "one cluster of 100k shards, one viewer",
      beside: "a bare Next server",
      unit: "MB",
      target: { of: "ours", most: 260 },
    },
    {
      id: "P5.ten",
      what: "ten clusters of 100k shards, one viewer each",
      beside: "a bare Next server",
      unit: "MB",
      target: { of: "ours", most: 600 },
    },
    {
      id: "P5.viewer",
      what: `each of ${VIEWERS} more viewers`,
      beside: "",
      unit: "kB",
      target: { of: "ours", most: 60 },
    },
  ],
  run,
};

async function run(bench: Bench): Promise<Measured[]> {
  const { cluster, say } = bench;
  say("a bare Next server");
  const baseline = await withBareNext(async ({ pid, url }) => {
    for (let look = 0; look < 20; look += 1) await (await fetch(url)).text();
    return memoryOf(pid);
  });
  say("nobody looks");
  const idle = await withConsole(cluster, {}, async ({ pid }) => {
    await wait(5_000);
    return memoryOf(pid);
  });
  say("one cluster, then with 200 viewers");
  const { one, viewer } = await withConsole(cluster, { people: VIEWERS + 1 }, (console) => lookAtOne(bench, console));
  say("ten clusters");
  const ten = await withConsole(cluster, { clusters: CLUSTERS }, (console) => lookAtAll(cluster, console, bench));
  return [
    { id: "P5.idle", ours: idle, baseline },
    { id: "P5.one", ours: one, baseline },
    { id: "P5.ten", ours: ten, baseline },
    { id: "P5.viewer", ours: viewer, baseline: null },
  ];
}

async function lookAtOne(bench: Bench, console: ConsoleOn): Promise<{ one: number; viewer: number }> {
  const first = await openViewers(console, 1);
  try {
    await wait(bench.seconds(25) * 1_000);
    const one = await memoryOf(console.pid);
    const others = await openViewers({ ...console, cookies: console.cookies.slice(1) }, VIEWERS);
    try {
      await wait(bench.seconds(25) * 1_000);
      const many = await memoryOf(console.pid);
      return { one, viewer: ((many - one) * 1_024) / VIEWERS };
    } finally {
      await others.stop();
    }
  } finally {
    await first.stop();
  }
}

/** A browser on each: layout and sizes of all are kept fresh. */
async function lookAtAll(cluster: Cluster, { asker, pid }: ConsoleOn, bench: Bench): Promise<number> {
  const askers = Array.from({ length: CLUSTERS }, (_, index) => ({
    ...asker,
    clusterId: clusterIdSchema.parse(`bench-${index + 1}`),
  }));
  for (const one of askers) {
    await until("the layout of each", async () => shardsIn(await askTopic(one, "topology")));
  }
  const end = performance.now() + bench.seconds(25) * 1_000;
  while (performance.now() < end) {
    for (const one of askers) await Promise.all([askTopic(one, "topology"), askTopic(one, "sizes")]);
    await wait(2_500);
  }
  const count = shardsIn(await askTopic({ ...asker, clusterId: clusterIdSchema.parse("bench-1") }, "topology"));
  if (count !== cluster.shards) throw new Error(`The console tells of ${count} shards.`);
  return memoryOf(pid);
}
