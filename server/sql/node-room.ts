import "server-only";
import { z } from "zod";
import { sql } from "@/server/pg/sql";

/** What of a node decides about copies to it, as pairs of a JSON object; of ROOM_FROM. The disk function came with Citus 10.1. */
export const ROOM = sql`'walLevel', current_setting('wal_level'),
               'slots', current_setting('max_replication_slots')::int,
               'slotsUsed', (select count(*) from pg_catalog.pg_replication_slots),
               'diskFree', d.available_disk_size,
               'diskTotal', d.total_disk_size`;
export const ROOM_FROM = sql`pg_catalog.citus_local_disk_space_stats() d`;

export const roomSchema = z.object({
  walLevel: z.string(),
  slots: z.int(),
  slotsUsed: z.int(),
  diskFree: z.number().nullable(),
  diskTotal: z.number().nullable(),
});
