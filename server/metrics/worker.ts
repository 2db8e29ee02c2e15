import "server-only";
import { parentPort, workerData } from "node:worker_threads";
import type { Database } from "@/server/store/database";
import { METRICS_MIGRATIONS } from "@/server/store/metrics-migrations";
import { migrate } from "@/server/store/migrate";
import { openSqlite } from "@/server/store/sqlite";
import { answerTo } from "./answers";
import { createKeeper } from "./keeper";
import { createLayoutKeeper } from "./layout-keeper";
import type { FromWorker, MetricsPlace, ToWorker } from "./messages";

/** The thread that alone has the history open: nothing that serves a request ever waits for its disk. */
const FLUSH_MS = 1_000;
const TIDY_MS = 10_000;
/** Of several consoles on one state, those that have measured nothing for so long leave the tidying to the one that has. */
const IDLE_MS = 60_000;

const port = parentPort;
if (!port) throw new Error("this file runs as a worker thread");
const say = (message: FromWorker) => port.postMessage(message);
const textOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

const database = await open(workerData as MetricsPlace);
const keeper = createKeeper(database);
const layouts = createLayoutKeeper(database);
let takenAt = Date.now();
let isTroubled = false;

async function open(place: MetricsPlace): Promise<Database> {
  const opened = place.kind === "file" ? openSqlite(place.path, "NORMAL") : await openRemote(place);
  await migrate(opened, METRICS_MIGRATIONS);
  return opened;
}

/** Its driver is loaded only where it is used: a thread has its own copy of everything it loads. */
async function openRemote({ url, ...place }: Exclude<MetricsPlace, { kind: "file" }>): Promise<Database> {
  const [{ Secret }, { openPostgres }, { addressOf }] = await Promise.all([
    import("@/server/config/secret"),
    import("@/server/store/postgres"),
    import("@/server/store/postgres-connect"),
  ]);
  return openPostgres(addressOf({ ...place, url: new Secret(url) }, "shardboard_metrics"));
}

/** Repeats a piece of work, never twice at once, and says when it begins and when it stops to fail. */
function repeat(work: () => Promise<void>, everyMs: number): void {
  setTimeout(async () => {
    try {
      await work();
      if (isTroubled) say({ kind: "recovered" });
      isTroubled = false;
    } catch (cause) {
      isTroubled = true;
      say({ kind: "trouble", why: textOf(cause), lost: keeper.lost() });
    }
    repeat(work, everyMs);
  }, everyMs);
}

async function flush(): Promise<void> {
  await keeper.flush();
  await layouts.flush();
}

async function answer(message: Extract<ToWorker, { kind: "ask" }>): Promise<void> {
  const { id, question } = message;
  try {
    // What was measured just now belongs to the answer.
    await flush();
    say({ kind: "answer", id, answer: await answerTo(database, question, Date.now()) });
  } catch (cause) {
    say({ kind: "refusal", id, why: textOf(cause) });
  }
}

async function stop(): Promise<void> {
  await flush().catch((cause: unknown) => say({ kind: "trouble", why: textOf(cause), lost: keeper.lost() }));
  await database.close();
  process.exit(0);
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "ask") void answer(message);
  else if (message.kind === "stop") void stop();
  else {
    takenAt = Date.now();
    if (message.kind === "batch") keeper.take(message);
    else if (message.kind === "layout") layouts.take(message);
    else layouts.takeSame(message.clusterId, message.at);
    say({ kind: "taken" });
  }
});
repeat(flush, FLUSH_MS);
repeat(async () => {
  if (Date.now() - takenAt > IDLE_MS) return;
  await keeper.tidy(Date.now());
  await layouts.tidy(Date.now());
}, TIDY_MS);
say({ kind: "ready" });
