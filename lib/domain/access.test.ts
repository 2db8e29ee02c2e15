import { expect, test } from "vitest";
import { ADMIN_LOGIN_NEEDED, type ClusterRules, mayOn } from "./access";
import { OPERATOR_OPTIONS, PERMISSIONS, type Permission, ROLES, reachOf } from "./permission";

const rules = (over: Partial<ClusterRules> = {}): ClusterRules => ({
  role: "admin",
  readOnly: null,
  operatorsMay: [],
  membershipBy: null,
  hasAdminLogin: true,
  ...over,
});

/** Who may do what, written out: v viewer, o operator, a admin. A right that is missing here fails the test. */
const MATRIX: Record<Permission, string> = {
  "cluster:read": "voa",
  "activity:read": "voa",
  "activity:readRaw": "oa",
  "audit:readOwn": "voa",
  "audit:read": "oa",
  "audit:export": "a",
  "plan:make": "voa",
  "activity:cancel": "oa",
  "activity:terminate": "oa",
  "rebalance:start": "oa",
  "rebalance:stop": "oa",
  "shard:move": "oa",
  "node:setMayHoldShards": "oa",
  "node:disable": "oa",
  "node:drain": "oa",
  "run:close": "oa",
  "table:distribute": "a",
  "table:undistribute": "a",
  "table:alter": "a",
  "shard:split": "a",
  "tenant:isolate": "a",
  "debris:clean": "oa",
  "node:addSecondary": "a",
  "node:add": "a",
  "node:activate": "a",
  "node:remove": "a",
  "node:update": "a",
  "coordinator:setHost": "a",
  "metadata:sync": "a",
  "clone:promote": "a",
  "cluster:restorePoint": "a",
  "cluster:blockChanges": "a",
  "settings:alterSystem": "a",
  "people:manage": "a",
};

test.each(PERMISSIONS)("%s is held by the roles of the matrix, and by no other", (permission) => {
  const held = ROLES.filter((role) => mayOn(permission, rules({ role })).allowed).map((role) => role[0]);
  expect(held.join("")).toBe(MATRIX[permission]);
  expect(mayOn(permission, rules({ role: null })).allowed).toBe(false);
});

test.each(["console", "cluster"] as const)(
  "read-only (%s) stops every change of everybody, and no look and no plan",
  (readOnly) => {
    for (const permission of PERMISSIONS) {
      const verdict = mayOn(permission, rules({ readOnly }));
      expect(verdict.allowed, permission).toBe(reachOf(permission) !== "change");
      if (!verdict.allowed) expect(verdict.because).toMatch(/read-only/);
    }
  },
);

test("a cluster may give its operators what its configuration names, and nothing beyond", () => {
  for (const permission of OPERATOR_OPTIONS) {
    expect(mayOn(permission, rules({ role: "operator", operatorsMay: [permission] })).allowed).toBe(true);
    expect(mayOn(permission, rules({ role: "viewer", operatorsMay: [permission] })).allowed).toBe(false);
  }
  expect(mayOn("node:add", rules({ role: "operator", operatorsMay: OPERATOR_OPTIONS })).allowed).toBe(false);
});

test("without an admin login, what Citus allows to superusers only says so; the rest goes on", () => {
  for (const permission of PERMISSIONS)
    expect(mayOn(permission, rules({ hasAdminLogin: false })).allowed, permission).toBe(
      !ADMIN_LOGIN_NEEDED.includes(permission),
    );
});

test("where somebody else manages membership, nodes neither join nor leave here, and are still drained", () => {
  const verdict = mayOn("node:remove", rules({ membershipBy: "Patroni" }));
  expect(verdict).toMatchObject({ allowed: false, because: expect.stringContaining("Patroni") });
  expect(mayOn("node:drain", rules({ membershipBy: "Patroni" })).allowed).toBe(true);
});
