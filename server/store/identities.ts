import "server-only";
import { z } from "zod";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Database, storeStatement } from "./database";

const READ = storeStatement({
  text: "select system_identifier from identities where cluster_id = $1",
  row: z.object({ system_identifier: z.string() }),
});

/** Which PostgreSQL the cluster was when it was last looked at; null: never. */
export async function systemIdentifierOf(inside: Pick<Database, "all">, clusterId: ClusterId): Promise<string | null> {
  return (await inside.all(READ, [clusterId]))[0]?.system_identifier ?? null;
}
