import "server-only";
import { z } from "zod";
import { type Database, storeStatement } from "./database";

const KEEP_FIRST = storeStatement({
  text: "insert into settings (name, value) values ($1, $2) on conflict (name) do nothing",
  row: z.object({}),
});
const READ = storeStatement({
  text: "select value from settings where name = $1",
  row: z.object({ value: z.string() }),
});

/** The value under that name; where there is none yet, `first` becomes it. Of two consoles that begin at once one wins for both. */
export async function settingOf(database: Database, name: string, first: () => string): Promise<string> {
  const [known] = await database.all(READ, [name]);
  if (known) return known.value;
  await database.all(KEEP_FIRST, [name, first()]);
  const [kept] = await database.all(READ, [name]);
  if (!kept) throw new Error(`the setting ${name} was written and is not there`);
  return kept.value;
}
