import "server-only";
import {
  GRANTABLE_FUNCTIONS,
  GRANTABLE_SETTINGS,
  type MissingGrant,
  missingMembership,
  WRITTEN_CATALOGS,
} from "@/lib/domain/grants";
import { addressOf } from "@/lib/domain/node";
import { isAppError } from "@/lib/errors";
import type { LoginName, Target } from "@/server/clusters";
import { listPrimaries } from "@/server/nodes/reads";
import { reachableAddress } from "@/server/pg/ask-nodes";
import { withOneSession } from "@/server/pg/one-session";
import { coordinatorFor } from "@/server/pg/pools";
import { run, runOn } from "@/server/pg/run";
import type { Place } from "@/server/pg/session";
import * as statements from "@/server/sql/grants";

/** What one login is and lacks at one node; `failure`: it got no session there. */
export type LoginLook = {
  login: LoginName;
  user: string;
  /** The node as it is registered. */
  node: string;
  isCoordinator: boolean;
  failure: string | null;
  versions: string | null;
  tls: string | null;
  isSuperuser: boolean;
  missing: readonly MissingGrant[];
};

export type ClusterLook = {
  logins: readonly LoginLook[];
  /** Tables that the operations login cannot be given by a GRANT, in sentences. */
  remarks: readonly string[];
};

type Owner = { owner: string; is_superuser: boolean; may_log_in: boolean; tables: number };
type Asked = { login: LoginName; node: string; place: Place; isCoordinator: boolean; owners: readonly string[] };

/** Signs in with every login at the coordinator and at every worker, and says what each lacks there. @throws AppError where the coordinator is not reached with the read login */
export async function lookAtGrants(target: Target): Promise<ClusterLook> {
  const coordinator = await coordinatorFor(target, "read");
  const owners = await run(target, statements.tableOwners, undefined);
  const nodes = await listPrimaries(target);
  const grantable = owners.filter((one) => !one.is_superuser).map((one) => one.owner);
  const places = [
    { node: addressOf(coordinator), place: coordinator, isCoordinator: true },
    ...nodes
      .filter((node) => node.groupId !== 0)
      .map((node) => ({ node: addressOf(node), place: reachableAddress(target, node), isCoordinator: false })),
  ];
  const logins = (["read", "ops", "admin"] as const).filter((login) => target.logins[login] !== null);
  const asked = logins.flatMap((login) => places.map((place) => ({ ...place, login, owners: grantable })));
  return { logins: await Promise.all(asked.map((one) => lookAt(target, one))), remarks: remarksOn(owners) };
}

async function lookAt(target: Target, asked: Asked): Promise<LoginLook> {
  const { login, node, isCoordinator, place } = asked;
  const unknown = { login, user: target.logins[login]?.user ?? "", node, isCoordinator };
  try {
    const wanted = wantedOf(asked);
    return await withOneSession(target, login, place, async (client) => {
      const [rights] = await runOn(client, statements.ownRights, wanted);
      if (!rights) throw new Error("grants.own returned no row");
      const settings =
        wanted.settings.length > 0 && rights.postgres_number >= 150_000
          ? await runOn(client, statements.ownSettings, { settings: wanted.settings })
          : [];
      const missing: MissingGrant[] = [
        ...(login === "admin" && !rights.is_superuser ? [{ kind: "superuser" as const }] : []),
        ...rights.memberships.map(missingMembership),
        ...rights.schemas.map((schema) => ({ kind: "schema" as const, schema })),
        ...rights.functions.map((signature) => ({ kind: "function" as const, signature })),
        ...rights.tables.map((words) => {
          const [privilege = "", table = ""] = words.split(" ");
          return { kind: "table" as const, table, privilege };
        }),
        ...settings.map(({ name }) => ({ kind: "setting" as const, name })),
      ];
      const versions = `Citus ${rights.citus_version ?? "absent"}, PostgreSQL ${rights.postgres_version.split(" ")[0]}`;
      return { ...unknown, failure: null, versions, tls: rights.tls, isSuperuser: rights.is_superuser, missing };
    });
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return { ...unknown, failure: cause.message, versions: null, tls: null, isSuperuser: false, missing: [] };
  }
}

/** What a login needs where: a superuser nothing more, workers neither functions nor settings, and the read login only to see. */
function wantedOf({ login, isCoordinator, owners }: Asked) {
  const nothing = { memberships: [], functions: [], tables: [], settings: [] };
  if (login === "admin") return nothing;
  if (login === "read") return { ...nothing, memberships: ["pg_monitor"] };
  const memberships = ["pg_monitor", "pg_signal_backend", ...owners];
  if (isCoordinator) return { ...nothing, memberships, functions: GRANTABLE_FUNCTIONS, settings: GRANTABLE_SETTINGS };
  const tables = WRITTEN_CATALOGS.flatMap(({ table, privileges }) => privileges.map((one) => `${one} ${table}`));
  return { ...nothing, memberships, tables };
}

function remarksOn(owners: readonly Owner[]): string[] {
  return owners.flatMap(({ owner, is_superuser, may_log_in, tables }) => [
    ...(is_superuser
      ? [
          `${tables} tables belong to the superuser ${owner}: operations cannot move or distribute them. Give them another owner.`,
        ]
      : []),
    ...(may_log_in
      ? []
      : [`${owner} owns ${tables} tables and may not log in: Citus connects to workers as the owner to move them.`]),
  ]);
}
