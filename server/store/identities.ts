import "server-only";
import { z } from "zod";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Database, storeStatement } from "./database";

const READ = storeStatement({
  text: "select system_identifier from identities where cluster_id = $1",
  row: z.object({ system_identifier: z.string() }),
});

const READ_WHOLE = storeStatement({
  text: "select system_identifier, timeline from identities where cluster_id = $1",
  row: z.object({ system_identifier: z.string(), timeline: z.coerce.number() }),
});

const KEEP = storeStatement({
  text: `insert into identities (cluster_id, system_identifier, timeline, seen_at) values ($1, $2, $3, $4)
         on conflict (cluster_id) do update set system_identifier = excluded.system_identifier,
           timeline = excluded.timeline, seen_at = excluded.seen_at`,
  row: z.object({}),
});

export type Identity = { systemId: string; timeline: number };

/** Which PostgreSQL the cluster was, and how often it had been promoted, when it was last looked at; null: never. */
export async function readIdentity(inside: Pick<Database, "all">, clusterId: ClusterId): Promise<Identity | null> {
  const [row] = await inside.all(READ_WHOLE, [clusterId]);
  return row ? { systemId: row.system_identifier, timeline: row.timeline } : null;
}

export async function keepIdentity(
  inside: Pick<Database, "all">,
  clusterId: ClusterId,
  { systemId, timeline }: Identity,
): Promise<void> {
  await inside.all(KEEP, [clusterId, systemId, timeline, Date.now()]);
}

/** Which PostgreSQL the cluster was when it was last looked at; null: never. */
export async function systemIdentifierOf(inside: Pick<Database, "all">, clusterId: ClusterId): Promise<string | null> {
  return (await inside.all(READ, [clusterId]))[0]?.system_identifier ?? null;
}
