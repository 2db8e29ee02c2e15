import type { Cluster } from "./cluster.ts";
import { type Asker, followTopic, sizesIn } from "./transport.ts";
import { until } from "./until.ts";

/** Asks for sizes, as a page does, and returns when every one is exact. */
export async function untilMeasured(cluster: Cluster, asker: Asker): Promise<void> {
  const news = followTopic(asker, "sizes");
  const look = async () => {
    const answer = await news();
    return answer && sizesIn(answer).exact === cluster.placements ? answer : null;
  };
  await until("exact sizes of all shards", look, { stepMs: 100, limitMs: 120_000 });
}
