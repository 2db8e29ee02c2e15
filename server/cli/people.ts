import "server-only";
import { parseArgs } from "node:util";
import { signInNameSchema } from "@/lib/domain/person";
import { AppError } from "@/lib/errors";
import { appendInside } from "@/server/audit/append";
import { makeLink } from "@/server/auth/links";
import type { Database } from "@/server/store/database";
import { dropLinksOf } from "@/server/store/links";
import * as people from "@/server/store/people";
import { closeState, state } from "@/server/store/state";

export const HELP = `shardboard people link <name>
    A link with which this local person chooses a new password, good once and for a day. Where nobody of that name is known, or the
    account is disabled or lacks the right, --admin makes it an admin of all clusters first. It is on record.
`;

/** `shardboard people …`: the way back in for whoever has the data folder and no admin who could sign in. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: { admin: { type: "boolean", default: false } },
      allowPositionals: true,
    });
    const [command, typed, ...more] = positionals;
    const name = signInNameSchema.safeParse(typed);
    if (command !== "link" || !name.success || more.length > 0) {
      process.stderr.write(HELP);
      return 2;
    }
    const database = await state();
    const { address } = await database.transaction((inside) => linkFor(inside, name.data, values.admin));
    process.stdout.write(`${address}\n`);
    return 0;
  } catch (cause) {
    process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`);
    return 2;
  } finally {
    await closeState();
  }
}

async function linkFor(inside: Pick<Database, "all" | "dialect">, name: string, isAdmin: boolean) {
  const id = people.personId(people.LOCAL, name);
  const known = await people.findPerson(inside, id);
  if (!known && !isAdmin) throw new AppError("not_found", `There is nobody named ${name}. --admin makes them.`);
  if (!known) await people.addPerson(inside, { issuer: people.LOCAL, subject: name, name }, Date.now());
  if (isAdmin) {
    await people.setDisabled(inside, id, false);
    await people.setGrants(inside, id, [{ cluster: "*", role: "admin" }]);
  } else if (known?.isDisabled) throw new AppError("conflict", `The account of ${name} is disabled.`);
  await dropLinksOf(inside, id);
  const change = isAdmin ? "made admin on the command line" : "link for a new password, on the command line";
  await appendInside(inside, { kind: "person-changed", details: { person: id, change } });
  return makeLink(inside, "new-password", id);
}
