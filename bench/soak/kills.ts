import { connectSandbox } from "../../sandbox/connect.ts";
import { startSandbox } from "../../sandbox/start.ts";
import { type KillRoom, killRoom } from "../../server/testing/kill-room.ts";
import { scaled } from "../stage/row.ts";

const KILLS = 1_000;
/** After the statement was sent: while the server works on it, and while its answer is on the way. */
const LATENESS_MS = [0, 0, 1, 2, 3, 5, 8];
const SENT = "sent /* shardboard:nodes.setMayHoldShards";

/** F19 at length: a console process is killed 1,000 times, at every point of an action in turn, each time with another moment within it. */
export async function run(scale = 1) {
  const kills = scaled(KILLS, scale);
  const started = performance.now();
  const running = process.env.SANDBOX_STATE;
  const sandbox = running ? connectSandbox(running) : await startSandbox({ pace: "test" });
  const room = await killRoom(sandbox);
  try {
    const { ended, wrong } = await killAll(room, kills);
    const audit = await room.audit();
    const seconds = (performance.now() - started) / 1000;
    const remarks = [
      `${ended.join(", ")}, on ${sandbox.engine} ${sandbox.engineVersion}`,
      ...wrong,
      ...audit.wrong,
    ].join("; ");
    const what = (words: string) => `kill -9 at any point of an action: ${words}`;
    return [
      { id: "F19", what: what("wrong outcomes"), count: kills, failures: wrong.length, seconds, remarks },
      {
        id: "F19",
        what: what("acknowledged entries of the audit that were lost, or a broken chain"),
        count: audit.acknowledged,
        failures: audit.lost + audit.wrong.length,
        seconds: 0,
      },
    ];
  } finally {
    await room.leave();
    await sandbox.dispose();
  }
}

async function killAll(room: KillRoom, kills: number): Promise<{ ended: string[]; wrong: string[] }> {
  const points = (await room.turn({ at: 0, lateMs: 0 })).report.points.length;
  const wrong: string[] = [];
  const states = new Map<string, number>();
  for (let kill = 0; kill < kills; kill += 1) {
    const lateMs = LATENESS_MS[kill % LATENESS_MS.length] ?? 0;
    const at = kill % 3 === 2 ? SENT : 1 + (kill % points);
    const round = await room.turn({ at, lateMs });
    wrong.push(...round.wrong);
    const state = round.run?.state ?? "nothing on record";
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return { ended: [...states].map(([state, count]) => `${count} ${state}`), wrong };
}
