import "server-only";
import { dropLinksFor } from "@/server/store/links";
import { countPeople } from "@/server/store/people";
import { state } from "@/server/store/state";
import { makeLink } from "./links";

/**
 * While nobody is known to the console: a link for its first admin, on stdout, where only whoever started it reads. There is no
 * default password. Each start makes a new one and the older ones worthless.
 */
export async function announceFirstAdmin(say: (text: string) => void): Promise<void> {
  const database = await state();
  const link = await database.transaction(async (inside) => {
    await dropLinksFor(inside, "first-admin");
    return (await countPeople(inside)) > 0 ? null : makeLink(inside, "first-admin", null);
  });
  if (link) say(`Nobody can sign in yet. The first admin's link, good once and for one hour:\n  ${link.address}\n`);
}
