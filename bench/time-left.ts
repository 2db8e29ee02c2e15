import { join } from "node:path";
import { z } from "zod";
import type { Flight } from "../lib/domain/flight.ts";
import { jobsAt, replayOf } from "../lib/domain/flight-replay.ts";
import { jobWork } from "../lib/domain/job-work.ts";
import { timeLeft } from "../lib/domain/time-left.ts";
import { storeStatement } from "../server/store/database.ts";
import { readFlight } from "../server/store/flights.ts";
import { openSqlite } from "../server/store/sqlite.ts";

/**
 * How far the time left was off in the runs that a console has on record: `node --import ./scripts/hooks.mjs bench/time-left.ts
 * <DATA_DIR>`. The error is a share of the whole run's length, at the moments when 25, 50 and 75 % were done.
 */
const SHARES = [0.25, 0.5, 0.75] as const;

type TimeLeftError = { share: number; error: number; isInRange: boolean };

function timeLeftErrors(flight: Flight): TimeLeftError[] {
  const replay = replayOf(flight);
  const length = (replay.to - replay.from) / 1000;
  return SHARES.flatMap((share) => {
    const at = flight.samples.find((sample) => (jobWork(jobsAt(replay, sample.at))?.fraction ?? 0) >= share)?.at;
    const left = at === undefined ? null : timeLeft(jobsAt(replay, at));
    if (at === undefined || left === null) return [];
    const real = (replay.to - at) / 1000;
    return [{ share, error: Math.abs(left.seconds - real) / length, isInRange: left.low <= real && real <= left.high }];
  });
}

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("Say the DATA_DIR of a console whose runs are on record.");
const database = openSqlite(join(folder, "state.sqlite"), "NORMAL");
const ids = await database.all(
  storeStatement({ text: "select id from flights where is_open = 0", row: z.object({ id: z.number() }) }),
);
const errors: TimeLeftError[] = [];
let runs = 0;
for (const { id } of ids) {
  const flight = await readFlight(database, id);
  if (flight?.job.state !== "finished" || flight.watched.length !== 1) continue;
  runs += 1;
  errors.push(...timeLeftErrors(flight));
}
await database.close();
const rows = SHARES.map((share) => {
  const all = errors.filter((one) => one.share === share);
  const worst = all.length === 0 ? null : Math.max(...all.map((one) => one.error));
  return { share, runs: all.length, worst, inRange: all.filter((one) => one.isInRange).length };
});
process.stdout.write(`${JSON.stringify({ runs, rows }, null, 2)}\n`);
