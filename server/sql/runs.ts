import "server-only";
import { z } from "zod";
import { sql, statement } from "@/server/pg/sql";

/** Whether a session of an action is left on the coordinator. application_name is shown to every login, whatever else is hidden. */
export const findActionSession = statement({
  name: "runs.findSession",
  access: "read",
  fanOut: "none",
  text: sql`select pid from pg_catalog.pg_stat_activity where application_name = $1`,
  values: ({ applicationName }: { applicationName: string }) => [applicationName],
  row: z.object({ pid: z.int() }),
});
