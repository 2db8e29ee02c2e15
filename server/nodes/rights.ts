import "server-only";
import type { Note } from "@/lib/domain/change";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/nodes";

/** Whether the login may call a function of Citus. Some look for a superuser themselves, so that no GRANT helps. */
export async function rightNote(target: Target, routine: string, { superuser }: { superuser: boolean }): Promise<Note> {
  const [right] = await run(target, statements.rightTo, { routine });
  const login = right?.login ?? target.logins.ops.user;
  if (superuser && !right?.is_superuser) {
    return {
      tone: "bad",
      text: `The login ${login} is no superuser, and ${routine} runs for superusers only.`,
      detail: "Give the console a superuser in CITUS_URL, or have one run the statement.",
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
