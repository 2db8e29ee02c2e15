import "server-only";
import { z } from "zod";
import type { Claim } from "@/lib/domain/claim";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Database, storeStatement } from "./database";

type Inside = Pick<Database, "all" | "dialect">;
export type HeldClaim = Claim & { runId: string };

/** Two consoles that start something at once: the second sees what the first claims. On SQLite a transaction is alone anyway. */
const ALONE = storeStatement({ text: "select pg_advisory_xact_lock(5832743, hashtext($1))", row: z.object({}) });
const HELD = storeStatement({
  text: "select run_id, object, mode from claims where cluster_id = $1 order by run_id, object",
  row: z.object({ run_id: z.string(), object: z.string(), mode: z.enum(["shared", "exclusive"]) }),
});
const TAKE = storeStatement({
  text: "insert into claims (run_id, cluster_id, object, mode) values ($1, $2, $3, $4)",
  row: z.object({}),
});
const RELEASE = storeStatement({ text: "delete from claims where run_id = $1", row: z.object({}) });
/** Runs that ended and left a background job to go on: their claims last until the job ends. */
const OF_JOBS = storeStatement({
  text: `select id, job_id from runs
          where cluster_id = $1 and finished_at is not null and job_id is not null
            and exists (select 1 from claims where run_id = runs.id)`,
  row: z.object({ id: z.string(), job_id: z.number() }),
});

/** Inside a transaction: until its end nobody else starts anything on this cluster. */
export async function claimTurn(inside: Inside, clusterId: ClusterId): Promise<void> {
  if (inside.dialect === "postgres") await inside.all(ALONE, [clusterId]);
}

export async function heldClaims(inside: Pick<Database, "all">, clusterId: ClusterId): Promise<HeldClaim[]> {
  const rows = await inside.all(HELD, [clusterId]);
  return rows.map(({ run_id, object, mode }) => ({ runId: run_id, object, mode }));
}

export async function takeClaims(inside: Inside, clusterId: ClusterId, runId: string, claims: readonly Claim[]) {
  const byObject = new Map<string, Claim>();
  for (const claim of claims) if (byObject.get(claim.object)?.mode !== "exclusive") byObject.set(claim.object, claim);
  for (const { object, mode } of byObject.values()) await inside.all(TAKE, [runId, clusterId, object, mode]);
}

export async function releaseClaims(inside: Pick<Database, "all">, runId: string): Promise<void> {
  await inside.all(RELEASE, [runId]);
}

/** The runs whose claims only a background job still holds. */
export async function claimsOfJobs(database: Pick<Database, "all">, clusterId: ClusterId) {
  return (await database.all(OF_JOBS, [clusterId])).map(({ id, job_id }) => ({ runId: id, jobId: job_id }));
}
