import "server-only";
import { type Access, accessUnder, mayOn } from "@/lib/domain/access";
import { ALLOWED, type ClusterId, refused, type Verdict } from "@/lib/domain/cluster";
import {
  needsRecentSignIn,
  type Permission,
  type Role,
  reachOf,
  roleHolds,
  weakestRoleFor,
} from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { env } from "@/server/env";
import { authNow } from "./clock";

/** How somebody proved who they are. */
export type SignedInBy = "password" | "link" | "oidc" | "proxy";

/** A person whose identity is proven, for the length of one request. */
export type Actor = {
  /** Unique over all ways to sign in, and never an e-mail address: "local:ada", "oidc:<issuer>#<sub>", "proxy:ada". */
  id: string;
  name: string;
  /** The session's public id (never the cookie's value); what the audit names. */
  sessionId: string;
  /** The address the request came from. */
  from: string;
  signedInBy: SignedInBy;
  /** Epoch milliseconds of the last proof (password typed, provider asked); re-authentication renews it. */
  provenAt: number;
  /** Roles by cluster; "*" holds for every cluster. */
  roles: ReadonlyMap<ClusterId | "*", Role>;
};

/** The strongest of the roles that were granted for all clusters and for this one. */
export function roleOn(actor: Pick<Actor, "roles">, clusterId: ClusterId): Role | null {
  const ranks: readonly (Role | undefined)[] = [actor.roles.get("*"), actor.roles.get(clusterId)];
  return ranks.includes("admin")
    ? "admin"
    : ranks.includes("operator")
      ? "operator"
      : ranks.includes("viewer")
        ? "viewer"
        : null;
}

function rulesFor(actor: Pick<Actor, "roles">, target: Target) {
  return {
    role: roleOn(actor, target.clusterId),
    readOnly: env().READ_ONLY ? ("console" as const) : target.isReadOnly ? ("cluster" as const) : null,
    operatorsMay: target.operatorsMay,
    membershipBy: target.membershipBy,
    hasAdminLogin: target.logins.admin !== null,
  };
}

/** Every right of the actor on a cluster, with the reason where it is missing. */
export function accessOf(actor: Pick<Actor, "roles">, target: Target): Access {
  return accessUnder(rulesFor(actor, target));
}

export function mayActor(actor: Pick<Actor, "roles">, permission: Permission, target: Target): Verdict {
  return mayOn(permission, rulesFor(actor, target));
}

/**
 * A right about the console itself: only a role for all clusters gives it.
 *
 * @throws AppError `not_allowed`, `reauth_required`
 */
export function requireConsoleRight(actor: Actor, permission: Permission, now = authNow()): void {
  const verdict = mayConsole(actor, permission);
  if (!verdict.allowed) throw new AppError("not_allowed", verdict.because);
  requireRecentSignIn(actor, permission, now);
}

/** Without the question how old the last proof of identity is: what a page shows and a menu offers. */
export function mayConsole({ roles }: Pick<Actor, "roles">, permission: Permission): Verdict {
  const role = roles.get("*");
  if (role && reachOf(permission) === "console" && roleHolds(role, permission)) return ALLOWED;
  return refused(`This needs the role ${weakestRoleFor(permission)} for all clusters (right ${permission}).`);
}

/** ASVS 7.5.3: what is highly sensitive wants a proof of identity no older than this. */
const RECENT_MS = 5 * 60_000;

/**
 * @throws AppError `not_found` where the actor has no role on the cluster (for them it does not exist), `not_allowed` with the
 * reason, `reauth_required` where the last proof of identity is too old for this right
 */
export function requireRight(actor: Actor, permission: Permission, target: Target, now = authNow()): void {
  if (roleOn(actor, target.clusterId) === null)
    throw new AppError("not_found", `There is no cluster "${target.clusterId}" for you.`);
  const verdict = mayActor(actor, permission, target);
  if (!verdict.allowed) throw new AppError("not_allowed", verdict.because);
  requireRecentSignIn(actor, permission, now);
}

function requireRecentSignIn({ provenAt }: Actor, permission: Permission, now: number): void {
  if (needsRecentSignIn(permission) && now - provenAt > RECENT_MS)
    throw new AppError("reauth_required", "Your last sign-in is more than five minutes ago.");
}
