import { setTimeout as sleep } from "node:timers/promises";
import { type Stage, withStage } from "../stage/console-on.ts";
import { type SoakRow, scaled } from "../stage/row.ts";

const RESTARTS = 100;
const WARM_UP_MS = 20_000;
const RECOVERED_WITHIN_MS = 5_000;
const TOPICS = ["health", "nodes", "topology"];

/** F1 at length: the coordinator restarts a hundred times under a console at which somebody looks. */
export async function run(scale = 1): Promise<SoakRow[]> {
  const count = scaled(RESTARTS, scale);
  const began = performance.now();
  const recoveries: number[] = [];
  const wrong: string[] = [];
  await withStage(async (stage) => {
    await warmUp(stage);
    for (let turn = 0; turn < count; turn += 1) {
      const how = turn % 2 === 0 ? "fast" : "immediate";
      await stage.sandbox.halt("coordinator", how);
      const during = await Promise.all(TOPICS.map(stage.look));
      if (during.some(({ hasData, status }) => !hasData || status !== 200)) wrong.push(`${how} ${turn}: data was lost`);
      await stage.sandbox.start("coordinator");
      const took = await recovered(stage, performance.now(), 60_000);
      recoveries.push(took);
      if (took > RECOVERED_WITHIN_MS) wrong.push(`${how} ${turn}: ${Math.round(took)} ms`);
    }
  });
  recoveries.sort((a, b) => a - b);
  const at = (share: number) => Math.round(recoveries[Math.floor((recoveries.length - 1) * share)] ?? Number.NaN);
  return [
    {
      id: "F1",
      what: "restarts of the coordinator (fast and immediate in turn): not current again within 5 s of its first connection, or data lost",
      count,
      failures: wrong.length,
      seconds: (performance.now() - began) / 1_000,
      remarks: [`current again after ${at(0.5)} ms in the median, ${at(1)} ms at most`, ...wrong.slice(0, 5)].join(
        "; ",
      ),
    },
  ];
}

/** The first readings of a process that has just begun are slow, and a slow reading is followed by a long rest. */
async function warmUp({ look }: Stage): Promise<void> {
  const until = performance.now() + WARM_UP_MS;
  while (performance.now() < until) {
    await Promise.all(TOPICS.map(look));
    await sleep(250);
  }
}

/** How long it takes until everything looked at was read after that moment, without anybody asking for it. */
async function recovered({ look }: Stage, since: number, limitMs: number): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < limitMs) {
    const looks = await Promise.all(TOPICS.map(look));
    const isCurrent = looks.every(
      ({ hasData, problem, ageMs }) =>
        hasData && problem === null && ageMs !== null && ageMs <= performance.now() - since,
    );
    if (isCurrent) return performance.now() - began;
    await sleep(100);
  }
  return Number.POSITIVE_INFINITY;
}
