import { setTimeout as sleep } from "node:timers/promises";
import { type Look, withStage } from "../stage/console-on.ts";
import { type SoakRow, scaled } from "../stage/row.ts";

const SECONDS = 60;
const TOPICS = ["node-facts", "sizes", "activity", "replication"];
/** What a reading may take with a worker that hangs, and the pace at which it is repeated. */
const READ_WITHIN_MS = 3_500;
const OLDEST_MS = READ_WITHIN_MS + 5_000 + READ_WITHIN_MS * 3;

/** F5 at length: a worker hangs for a minute while somebody looks at everything. */
export async function run(scale = 1): Promise<SoakRow[]> {
  const began = performance.now();
  const seconds = scaled(SECONDS, scale);
  return withStage(async ({ sandbox, look }) => {
    const looks: Look[] = [];
    await Promise.all(TOPICS.map(look));
    await sleep(8_000);
    sandbox.freeze("worker3");
    const view = performance.now();
    const seen = sandbox
      .query(`set statement_timeout = '${seconds}s'; select count(*) from pg_catalog.citus_shard_sizes()`)
      .then(() => `answered after ${Math.round(performance.now() - view)} ms`)
      .catch(() => `not answered within ${seconds} s`);
    while (performance.now() - view < seconds * 1_000) {
      looks.push(...(await Promise.all(TOPICS.map(look))));
      await sleep(500);
    }
    const words = await seen;
    sandbox.thaw("worker3");
    // The first second shows what was read before the worker froze.
    const wrong = looks.filter(
      ({ readTookMs, problem, ageMs, answers }) =>
        (readTookMs ?? 0) > READ_WITHIN_MS ||
        problem !== null ||
        (ageMs ?? 0) > OLDEST_MS ||
        answers.filter(({ ok }) => !ok).length > 1,
    );
    const slowest = Math.max(...looks.map(({ readTookMs }) => readTookMs ?? 0));
    return [
      {
        id: "F5",
        what: `looks at readings that ask all nodes while a worker hangs for ${seconds} s: read in more than 3.5 s, or more missing than its own data`,
        count: looks.length,
        failures: wrong.length,
        seconds: (performance.now() - began) / 1_000,
        remarks: `slowest reading ${Math.round(slowest)} ms; Citus' own view of the same was ${words}`,
      },
    ];
  });
}
