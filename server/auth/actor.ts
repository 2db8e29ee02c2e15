import "server-only";
import { type Access, accessUnder, mayOn } from "@/lib/domain/access";
import type { ClusterId, Verdict } from "@/lib/domain/cluster";
import { needsRecentSignIn, type Permission, type Role } from "@/lib/domain/permission";
import { AppError } from "@/lib/errors";
import type { Target } from "@/server/clusters";
import { env } from "@/server/env";

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

/** ASVS 7.5.3: what is highly sensitive wants a proof of identity no older than this. */
const RECENT_MS = 5 * 60_000;

/**
 * @throws AppError `not_found` where the actor has no role on the cluster (for them it does not exist), `not_allowed` with the
 * reason, `reauth_required` where the last proof of identity is too old for this right
 */
export function requireRight(actor: Actor, permission: Permission, target: Target, now = Date.now()): void {
  if (roleOn(actor, target.clusterId) === null)
    throw new AppError("not_found", `There is no cluster "${target.clusterId}" for you.`);
  const verdict = mayActor(actor, permission, target);
  if (!verdict.allowed) throw new AppError("not_allowed", verdict.because);
  if (needsRecentSignIn(permission) && now - actor.provenAt > RECENT_MS)
    throw new AppError("reauth_required", "Your last sign-in is more than five minutes ago.");
}
