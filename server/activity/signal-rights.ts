import "server-only";
import type { Session } from "@/lib/domain/activity";
import type { Note } from "@/lib/domain/change";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import { signalRights } from "@/server/sql/activity";

/** A `bad` note for each user whose sessions the login may not signal. */
export async function rightNotes(target: Target, sessions: readonly Session[]): Promise<Note[]> {
  const users = [...new Set(sessions.flatMap(({ user }) => user ?? []))];
  return (await Promise.all(users.map((user) => rightNote(target, user)))).flat();
}

async function rightNote(target: Target, user: string): Promise<Note[]> {
  const [right] = await run(target, signalRights, { user });
  if (!right || right.is_superuser || right.is_like_them) return [];
  if (right.is_theirs_superuser)
    return [
      {
        tone: "bad",
        text: `${user} is a superuser. Only a superuser may signal such a session, and ${right.login} is none.`,
      },
    ];
  if (right.has_signal_role) return [];
  return [
    {
      tone: "bad",
      text: `${right.login} may not signal sessions of ${user}.`,
      detail: `A superuser can allow it: GRANT pg_signal_backend TO ${right.login}.`,
    },
  ];
}
