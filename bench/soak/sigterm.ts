import { ensureBuild } from "../../scripts/steps/build.ts";
import { scaled } from "../stage/row.ts";
import { endTimes, NO_CLUSTER } from "./end-of-process.ts";

const TIMES = 200;

/** F25: told to end two hundred times while people read and listen, the console always ends well. */
export async function run(scale = 1) {
  const times = scaled(TIMES, scale);
  await ensureBuild();
  const began = performance.now();
  const endings = await endTimes(times, NO_CLUSTER);
  const bad = endings.filter(({ code, broken }) => code !== 0 || broken.length > 0);
  const slowest = Math.max(...endings.map(({ tookMs }) => tookMs));
  const answered = endings.reduce((sum, one) => sum + one.answered, 0);
  return [
    {
      id: "F25",
      what: "SIGTERM while requests and event streams are open: exit code 0, no answer cut, no 5xx",
      count: times,
      failures: bad.length,
      seconds: (performance.now() - began) / 1_000,
      remarks: `${answered} answers; slowest end ${Math.round(slowest)} ms${bad[0] ? `; first failure ${JSON.stringify(bad[0])}` : ""}`,
    },
  ];
}
