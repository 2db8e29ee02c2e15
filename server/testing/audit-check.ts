import "server-only";
import { z } from "zod";
import { GENESIS } from "@/server/audit/chain";
import { storeStatement } from "@/server/store/database";
import { state } from "@/server/store/state";

const ALL = storeStatement({
  text: "select seq, kind, run_id, prev, hash from audit order by seq",
  row: z.object({
    seq: z.number(),
    kind: z.string(),
    run_id: z.string().nullable(),
    prev: z.string(),
    hash: z.string(),
  }),
});

type Acknowledged = { seq: number; hash: string };

/** What is wrong with the audit: entries that were acknowledged and are gone, a chain that is broken, a run without exactly one intent and one end. */
export async function auditFaults(acknowledged: readonly Acknowledged[]): Promise<{ lost: number; wrong: string[] }> {
  const records = await (await state()).all(ALL);
  const hashes = new Map(records.map(({ seq, hash }) => [seq, hash]));
  const lost = acknowledged.filter(({ seq, hash }) => hashes.get(seq) !== hash).length;
  const wrong: string[] = [];
  let before = { seq: 0, hash: GENESIS };
  for (const record of records) {
    if (record.seq !== before.seq + 1 || record.prev !== before.hash) wrong.push(`the chain breaks at ${record.seq}`);
    before = record;
  }
  const runs = new Map<string, string[]>();
  for (const { run_id, kind } of records) if (run_id) runs.set(run_id, [...(runs.get(run_id) ?? []), kind]);
  for (const [id, kinds] of runs) {
    const ends = kinds.filter((kind) => kind === "outcome" || kind === "reconciled").length;
    if (kinds[0] !== "intent" || kinds.filter((kind) => kind === "intent").length !== 1 || ends !== 1)
      wrong.push(`run ${id} has ${kinds.join(", ")}`);
  }
  return { lost, wrong };
}
