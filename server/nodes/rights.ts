import "server-only";
import type { Note } from "@/lib/domain/change";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/nodes";

/**
 * Whether the login that would run it may call a function of Citus. Some functions look for a superuser themselves, so that no
 * GRANT helps: those run with the admin login.
 */
export async function rightNote(target: Target, routine: string, { superuser }: { superuser: boolean }): Promise<Note> {
  if (superuser && target.logins.admin === null)
    return {
      tone: "bad",
      text: `${routine} runs for superusers only, and the console has no admin login for this cluster.`,
      detail: "Configure one (logins.admin, or CITUS_ADMIN_URL), or have a superuser run the statement.",
    };
  const as = superuser ? "admin" : "ops";
  const [right] = await run(target, statements.rightTo, { routine }, { as });
  const login = right?.login ?? target.logins[as]?.user;
  if (superuser && !right?.is_superuser) {
    return {
      tone: "bad",
      text: `The login ${login} is no superuser, and ${routine} runs for superusers only.`,
      detail: "Give the console a superuser as its admin login, or have one run the statement.",
    };
  }
  if (!right?.may_call) {
    return {
      tone: "bad",
      text: `The login ${login} may not call ${routine}.`,
      detail: `Have a superuser grant it: GRANT EXECUTE ON FUNCTION ${routine} TO ${login}.`,
    };
  }
  return { tone: "ok", text: `The login ${login} may call ${routine}.` };
}
