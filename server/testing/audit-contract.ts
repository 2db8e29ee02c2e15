import "server-only";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type AuditFilter, auditFilterSchema } from "@/lib/domain/audit";
import { clusterIdSchema } from "@/lib/domain/cluster";
import { appendInside } from "@/server/audit/append";
import { listAudit, walkChain } from "@/server/audit/reads";
import { tellNext } from "@/server/audit/stdout";
import { verifyChain } from "@/server/audit/verify";
import type { Database } from "@/server/store/database";
import { migrate } from "@/server/store/migrate";
import { STATE_MIGRATIONS } from "@/server/store/migrations";
import type { StatePlace } from "./state-database";

const main = clusterIdSchema.parse("main");
const person = (name: string) => ({ id: `local:${name}`, name, sessionId: `${name}-1`, from: "192.0.2.7" });
const DAY = 86_400_000;

/** What the audit guarantees whichever database holds it. */
export function auditContract(make: () => Promise<StatePlace>): void {
  let place: StatePlace;
  let database: Database;
  beforeAll(async () => {
    place = await make();
    database = await place.open();
    await migrate(database, STATE_MIGRATIONS);
    const events = [
      { kind: "signed-in", actor: person("ada") },
      {
        kind: "intent",
        clusterId: "main",
        actor: person("ada"),
        runId: "r1",
        details: { change: "node.drain", subject: ":1", sql: "Grüße \u0000 '" },
      },
      { kind: "outcome", clusterId: "main", actor: person("ada"), runId: "r1", details: { state: "failed" } },
      {
        kind: "intent",
        clusterId: "other",
        actor: person("ada"),
        runId: "r2",
        details: { change: "node.drain", subject: ":9 CANARY" },
      },
      { kind: "refused", clusterId: "main", actor: person("bob"), details: { because: "Your role is viewer" } },
      { kind: "reconciled", clusterId: "main", runId: "r1", details: { state: "unknown" } },
    ] as const;
    for (const [index, event] of events.entries())
      await database.transaction((inside) => appendInside(inside, event, index * DAY));
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });
  const list = async (filter: Partial<AuditFilter>, actorId: string | null = null, page = {}) => {
    const query = { clusterId: main, filter: auditFilterSchema.parse(filter), actorId };
    return (await listAudit(database, query, page)).entries.map(({ seq }) => seq);
  };

  test("a cluster's records are listed newest first, and nothing of another cluster or of the console", async () => {
    expect(await list({})).toEqual([6, 5, 3, 2]);
    expect(await list({ text: "canary" })).toEqual([]);
    expect(await list({ run: "r2" })).toEqual([]);
    expect(await list({ scope: "console" })).toEqual([1]);
  });

  test.each<[string, Partial<AuditFilter>, number[]]>([
    ["a kind", { kind: "refused" }, [5]],
    ["a person", { person: "local:ada" }, [3, 2]],
    ["a run", { run: "r1" }, [6, 3, 2]],
    ["a change, also of an outcome that does not name it", { change: "node.drain" }, [6, 3, 2]],
    ["an outcome", { state: "failed" }, [3]],
    ["words, whatever their case", { text: "GRÜßE" }, [2]],
    ["days, both included", { from: "1970-01-02", until: "1970-01-03" }, [3, 2]],
    ["several at once", { person: "local:ada", state: "failed", from: "1970-01-03" }, [3]],
    ["what nothing fits", { kind: "refused", person: "local:ada" }, []],
  ])("the list is narrowed by %s", async (_what, filter, seqs) => {
    expect(await list(filter)).toEqual(seqs);
  });

  test("T5: who may read only their own deeds gets nobody else's, whatever the filter says", async () => {
    expect(await list({}, "local:bob")).toEqual([5]);
    expect(await list({ person: "local:ada" }, "local:bob")).toEqual([5]);
    expect(await list({ run: "r1" }, "local:bob")).toEqual([]);
    expect(await list({}, "local:eve")).toEqual([]);
  });

  test("a page ends where the next begins", async () => {
    expect(await list({}, null, { limit: 2 })).toEqual([6, 5]);
    expect(await list({}, null, { limit: 2, before: 5 })).toEqual([3, 2]);
  });

  test("T20: the chain fits as it comes back, and each record goes to standard output once", async () => {
    expect(await verifyChain(walkChain(database))).toMatchObject({ count: 6, misfit: null });
    const lines: string[] = [];
    while ((await tellNext(database, (line) => lines.push(line))) > 0);
    expect(lines.map((line) => JSON.parse(line).seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });
}
