import "server-only";
import { z } from "zod";
import { TOPICS } from "@/lib/domain/live";
import { appendAudit } from "@/server/audit/append";
import { listClusters } from "@/server/clusters";
import { tendRunsAfterReads } from "@/server/flights/tend";
import { collectorFor, stopCollectors } from "@/server/live/collector";
import { applicationName } from "@/server/pg/session";
import { beginInstance } from "@/server/store/instance";

/**
 * A console without its web server, with one viewer who looks at everything: started by tests as a process of its own, to be
 * killed. It says every 250 ms what the viewer sees.
 */
const LOOK_MS = 250;

export type Seen = {
  kind: "seen";
  name: string;
  ages: Record<string, number | null>;
  versions: Record<string, string>;
};
export type Heard = Seen | { kind: "appended"; count: number };

const toldSchema = z.object({ append: z.number() });

const [target] = listClusters();
if (!target) throw new Error("no cluster is configured");
await beginInstance();
tendRunsAfterReads();
const collector = collectorFor(target);
const say = (heard: Heard) => process.send?.(heard);

setInterval(() => {
  const readers = TOPICS.map((topic) => [topic, collector.reader(topic)] as const);
  for (const [, reader] of readers) void reader.watch(1_000);
  const snapshots = readers.map(([topic, reader]) => [topic, reader.snapshot()] as const);
  say({
    kind: "seen",
    name: applicationName("read"),
    ages: Object.fromEntries(snapshots.map(([topic, { ageMs }]) => [topic, ageMs])),
    versions: Object.fromEntries(snapshots.map(([topic, { version }]) => [topic, version])),
  });
}, LOOK_MS);

process.on("message", async (message) => {
  const { append } = toldSchema.parse(message);
  for (let count = 0; count < append; count++) await appendAudit({ kind: "refused", details: { count } });
  say({ kind: "appended", count: append });
});
process.once("SIGTERM", async () => {
  await stopCollectors();
  process.exit(0);
});
