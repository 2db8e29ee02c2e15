import "server-only";
import { z } from "zod";
import { brakesSchema } from "@/lib/domain/brakes";
import type { ClusterId } from "@/lib/domain/cluster";
import { type Database, storeStatement } from "./database";

type Inside = Pick<Database, "all">;

const starterSchema = z.object({ id: z.string(), name: z.string(), sessionId: z.string(), from: z.string() });
const bodySchema = brakesSchema.omit({ readings: true, setBy: true }).extend({ starter: starterSchema });
/** The brakes of a cluster with who set them: what they do is that person's doing. */
export type StoredBrakes = z.infer<typeof bodySchema>;

const READ = storeStatement({
  text: "select body from brakes where cluster_id = $1",
  row: z.object({
    body: z
      .string()
      .transform((text): unknown => JSON.parse(text))
      .pipe(bodySchema),
  }),
});
const WRITE = storeStatement({
  text: `insert into brakes (cluster_id, body) values ($1, $2)
         on conflict (cluster_id) do update set body = excluded.body`,
  row: z.object({}),
});

export async function readBrakes(inside: Inside, clusterId: ClusterId): Promise<StoredBrakes | null> {
  return (await inside.all(READ, [clusterId]))[0]?.body ?? null;
}

export async function writeBrakes(inside: Inside, clusterId: ClusterId, brakes: StoredBrakes): Promise<void> {
  await inside.all(WRITE, [clusterId, JSON.stringify(brakes)]);
}
