import { z } from "zod";
import { ALLOWED, type ClusterLabel, refused, type Verdict } from "./cluster";
import { PERMISSIONS, type Permission, type Role, reachOf, roleHolds, weakestRoleFor } from "./permission";

/** What decides, beside the person's role, whether something may be done on a cluster. */
export type ClusterRules = {
  /** The role that the person has there; null: none, and then the cluster does not exist for them. */
  role: Role | null;
  /** Why nothing may be changed now: the console's READ_ONLY, or the cluster's own. null: it may. */
  readOnly: "console" | "cluster" | null;
  operatorsMay: readonly Permission[];
  /** Who adds and removes nodes instead of this console, for example "Patroni"; null: this console may. */
  membershipBy: string | null;
  /** Whether an admin login (superuser) is configured. */
  hasAdminLogin: boolean;
};

/** What changes which nodes belong to the cluster, and is therefore left to whoever manages membership. */
const MEMBERSHIP: readonly Permission[] = [
  "node:add",
  "node:addSecondary",
  "node:activate",
  "node:remove",
  "node:update",
  "coordinator:setHost",
  "clone:promote",
];

/** What Citus allows to superusers only, so that no GRANT to the operations login helps. */
export const ADMIN_LOGIN_NEEDED: readonly Permission[] = [
  "node:add",
  "node:activate",
  "metadata:sync",
  "clone:promote",
  "cluster:restorePoint",
  "cluster:blockChanges",
  "settings:alterSystem",
];

/** With which of the cluster's logins a change runs: the weakest that can do it. */
export function loginFor(permission: Permission): "ops" | "admin" {
  return ADMIN_LOGIN_NEEDED.includes(permission) ? "admin" : "ops";
}

/** May this be done on this cluster by somebody with this role, and if not, why. The only place that decides it. */
export function mayOn(permission: Permission, rules: ClusterRules): Verdict {
  const { role, readOnly, operatorsMay, membershipBy, hasAdminLogin } = rules;
  if (role === null) return refused("You have no role on this cluster.");
  if (!roleHolds(role, permission, operatorsMay))
    return refused(`Your role is ${role}; this needs the role ${weakestRoleFor(permission)} (right ${permission}).`);
  if (reachOf(permission) !== "change") return ALLOWED;
  if (readOnly === "console") return refused("The console is read-only (READ_ONLY=true): nothing is changed anywhere.");
  if (readOnly === "cluster") return refused("This cluster is read-only in the console's configuration.");
  if (membershipBy !== null && MEMBERSHIP.includes(permission))
    return refused(`Membership of this cluster is managed by ${membershipBy}: add and remove nodes there.`);
  if (!hasAdminLogin && ADMIN_LOGIN_NEEDED.includes(permission))
    return refused("Citus allows this to superusers only, and the console has no admin login for this cluster.");
  return ALLOWED;
}

export const verdictSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.string() }),
]);

/** A person's rights on one cluster, each with its reason where it is missing: what buttons explain themselves with. */
export type Access = Record<Permission, Verdict>;

export function accessUnder(rules: ClusterRules): Access {
  return Object.fromEntries(PERMISSIONS.map((permission) => [permission, mayOn(permission, rules)])) as Access;
}

/** The person at the browser as the frame shows them on one cluster. */
export type Viewer = { name: string; role: Role };

export type ClusterAccess = { cluster: ClusterLabel; viewer: Viewer; access: Access };
