import { z } from "zod";

/**
 * How far a permission reaches. `read`: looks. `plan`: works something out, without effect. `change`: changes a cluster, and is
 * what read-only switches off. `console`: about the console itself, not about a cluster.
 */
type Reach = "read" | "plan" | "change" | "console";

/** `reauth`: the password (or the provider) is asked again when the last sign-in is older than five minutes. */
type Meaning = { reach: Reach; reauth?: true };

/** Every right by name. Whatever is not here nobody may do. */
const MEANINGS = {
  "cluster:read": { reach: "read" },
  "activity:read": { reach: "read" },
  /** Statements with their literals, tenant values, settings marked secret. */
  "activity:readRaw": { reach: "read" },
  "audit:readOwn": { reach: "read" },
  "audit:read": { reach: "read" },
  "audit:export": { reach: "read" },
  "plan:make": { reach: "plan" },
  /** Says what was found of an operation whose end the console could not find out. */
  "run:close": { reach: "plan" },
  "activity:cancel": { reach: "change" },
  "activity:terminate": { reach: "change" },
  "rebalance:start": { reach: "change" },
  "rebalance:stop": { reach: "change" },
  "shard:move": { reach: "change" },
  "node:setMayHoldShards": { reach: "change" },
  "node:disable": { reach: "change" },
  "node:drain": { reach: "change" },
  "table:distribute": { reach: "change" },
  "table:undistribute": { reach: "change" },
  "table:alter": { reach: "change" },
  "shard:split": { reach: "change" },
  "tenant:isolate": { reach: "change" },
  "debris:clean": { reach: "change" },
  "node:addSecondary": { reach: "change", reauth: true },
  "node:add": { reach: "change", reauth: true },
  "node:activate": { reach: "change", reauth: true },
  "node:remove": { reach: "change", reauth: true },
  "node:update": { reach: "change", reauth: true },
  "coordinator:setHost": { reach: "change", reauth: true },
  "metadata:sync": { reach: "change", reauth: true },
  "clone:promote": { reach: "change", reauth: true },
  "cluster:restorePoint": { reach: "change", reauth: true },
  "cluster:blockChanges": { reach: "change", reauth: true },
  "settings:alterSystem": { reach: "change", reauth: true },
  "people:manage": { reach: "console", reauth: true },
} as const satisfies Record<string, Meaning>;

export type Permission = keyof typeof MEANINGS;
export const PERMISSIONS = Object.keys(MEANINGS) as [Permission, ...Permission[]];

export function reachOf(permission: Permission): Reach {
  return MEANINGS[permission].reach;
}

export function needsRecentSignIn(permission: Permission): boolean {
  return "reauth" in MEANINGS[permission];
}

/** Weakest first: a person's role on a cluster is the strongest of those granted. */
export const ROLES = ["viewer", "operator", "admin"] as const;
export type Role = (typeof ROLES)[number];
export const roleSchema = z.enum(ROLES);

const VIEWER: readonly Permission[] = ["cluster:read", "activity:read", "audit:readOwn", "plan:make"];

const OPERATOR: readonly Permission[] = [
  ...VIEWER,
  "activity:readRaw",
  "audit:read",
  "run:close",
  "activity:cancel",
  "activity:terminate",
  "rebalance:start",
  "rebalance:stop",
  "shard:move",
  "node:setMayHoldShards",
  "node:disable",
  "node:drain",
  "debris:clean",
];

/** What a cluster's configuration may give its operators beside their preset (`operators_may`). */
export const OPERATOR_OPTIONS = [
  "table:distribute",
  "table:undistribute",
  "table:alter",
  "shard:split",
  "tenant:isolate",
] as const satisfies readonly Permission[];

const PRESETS: Record<Role, ReadonlySet<Permission>> = {
  viewer: new Set(VIEWER),
  operator: new Set(OPERATOR),
  admin: new Set(PERMISSIONS),
};

/** Whether a role holds a right, by its preset or by what the cluster gives its operators. */
export function roleHolds(role: Role, permission: Permission, operatorsMay: readonly Permission[] = []): boolean {
  return PRESETS[role].has(permission) || (role === "operator" && operatorsMay.includes(permission));
}

/** The weakest role that holds a right: for the sentence that says whom to ask. */
export function weakestRoleFor(permission: Permission): Role {
  return ROLES.find((role) => PRESETS[role].has(permission)) ?? "admin";
}
