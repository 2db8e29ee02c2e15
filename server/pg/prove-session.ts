import "server-only";
import { AppError } from "@/lib/errors";
import { lookAtSession, type SessionLook } from "@/server/sql/session";
import { noteCoordinator } from "./coordinators";
import { runOn } from "./run-on";
import { promisesOf, type Session } from "./session";

/**
 * Looks at a session that was just opened, before anything is asked of it.
 *
 * @throws AppError `session_unlike` when its settings are not those that were asked for; `login_too_strong` when the read login is a
 * superuser and nobody allowed it; `not_primary` when something is to be changed and a standby answers
 */
export async function proveSession(session: Session): Promise<void> {
  const { spec } = session;
  const promises = promisesOf(spec);
  const [look] = await runOn(session, lookAtSession, { names: Object.keys(promises) });
  if (!look) throw new AppError("unexpected_row", "session.look returned no row");
  refuseForeignSettings(promises, look);
  const { target, login, address, purpose } = spec;
  if (login === "read" && look.is_superuser && target.superuserRead === "refused")
    throw new AppError("login_too_strong", superuserWords(target.name, look.login));
  if (purpose === "node") return;
  noteCoordinator(target, address, look);
  if (login !== "read" && look.in_recovery)
    throw new AppError("not_primary", `${address.host}:${address.port} is a standby: nothing can be changed there.`);
}

function refuseForeignSettings(promises: Record<string, string>, { settings }: SessionLook): void {
  const lost = Object.entries(promises).filter(([name, value]) => settings[name] !== value);
  const [first] = lost;
  if (!first) return;
  const [name, value] = first;
  throw new AppError(
    "session_unlike",
    `${name} is "${settings[name] ?? "not set"}" in the new session, and "${value}" was asked for.`,
  );
}

/** Why the console does not start, or does not read, with such a login. */
export function superuserWords(cluster: string, login: string): string {
  return (
    `${cluster}: the read login ${login} is a superuser, so whatever reads could also destroy. Use a login with pg_monitor ` +
    "(sql/roles.sql makes one), or set allow_superuser_read: true (CITUS_ALLOW_SUPERUSER_READ=true) knowingly."
  );
}
