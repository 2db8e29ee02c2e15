import "server-only";
import { z } from "zod";
import { AppError } from "@/lib/errors";
import { type Database, storeStatement } from "./database";
import type { Migration } from "./migrations";

const nothing = z.object({});
const BOOK = storeStatement({
  text: "create table if not exists migrations (version bigint primary key, title text not null, at bigint not null)",
  row: nothing,
});
const NEWEST = storeStatement({
  text: "select coalesce(max(version), 0) as version from migrations",
  row: z.object({ version: z.number() }),
});
const NOTE = storeStatement({
  text: "insert into migrations (version, title, at) values ($1, $2, $3)",
  row: nothing,
});

/** Brings a database up to date, each step whole or not at all. @throws AppError `state_failed` on a database of a newer console */
export async function migrate(database: Database, migrations: readonly Migration[], now = Date.now()): Promise<void> {
  await database.transaction(async (inside) => {
    if (inside.dialect === "postgres")
      // Two replicas that start together: the second waits, and then finds nothing to do.
      await inside.all(storeStatement({ text: "select pg_advisory_xact_lock(5832741)", row: nothing }));
    await inside.all(BOOK);
    const [newest] = await inside.all(NEWEST);
    const from = newest?.version ?? 0;
    const last = migrations.at(-1)?.version ?? 0;
    if (from > last)
      throw new AppError("state_failed", `The state is of a newer console (${from}; this one knows ${last}).`);
    for (const { version, title, statements, only } of migrations.filter((step) => step.version > from)) {
      for (const text of [...statements, ...(only?.[inside.dialect] ?? [])])
        await inside.all(storeStatement({ text, row: nothing }));
      await inside.all(NOTE, [version, title, now]);
    }
  });
}
