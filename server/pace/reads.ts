import "server-only";
import type { Note } from "@/lib/domain/change";
import { missingGrantSql } from "@/lib/domain/grants";
import type { PaceWas } from "@/lib/domain/pace";
import type { Target } from "@/server/clusters";
import { run } from "@/server/pg/run";
import * as statements from "@/server/sql/pace";

/** The settings that pace a run, as they stand. */
export async function readPace(target: Target): Promise<PaceWas[]> {
  const rows = await run(target, statements.readPace, undefined);
  return rows.map(({ name, value, is_altered }) => ({ name, value, isAltered: is_altered }));
}

/** With which login the settings can be changed; where none can, the note that says what is missing. */
export async function paceLogin(target: Target): Promise<{ login: "ops" | "admin"; notes: Note[] }> {
  const [rights] = await run(target, statements.mayReload, undefined);
  if (rights?.is_superuser) return { login: "ops", notes: [] };
  const canGrant = (rights?.postgres_number ?? 0) >= 150_000;
  const lacking = canGrant ? await run(target, statements.notAlterable, undefined) : [];
  if (canGrant && lacking.length === 0 && rights?.may_reload) return { login: "ops", notes: [] };
  if (target.logins.admin) return { login: "admin", notes: [] };
  const { user } = target.logins.ops;
  const grants = [
    ...lacking.map(({ name }) => missingGrantSql({ kind: "setting", name }, user)),
    ...(rights?.may_reload ? [] : [missingGrantSql({ kind: "function", signature: "pg_reload_conf()" }, user)]),
  ];
  const detail = canGrant
    ? `Run sql/roles.sql again, or as a superuser: ${grants.join(" ")}`
    : "Before PostgreSQL 15 only a superuser can change single settings: configure an admin login for this cluster.";
  return {
    login: "ops",
    notes: [{ tone: "bad", text: `${user} may not change how many moves run side by side.`, detail }],
  };
}
