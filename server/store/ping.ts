import "server-only";
import { z } from "zod";
import { type Database, storeStatement } from "./database";

const PING = storeStatement({ text: "select 1 as one", row: z.object({ one: z.number() }) });

/** Whether the state answers at all. @throws AppError `state_failed` */
export async function pingState(database: Database): Promise<void> {
  await database.all(PING, []);
}
