import { expect, test } from "vitest";
import { planDifference } from "@/lib/domain/plan-difference";
import { modelTarget } from "@/server/testing/interleavings";
import type { Prepared } from "./define";
import { fingerprintOf, planOf } from "./plan";

const stepOf = (sql: string) => ({ title: "Do it", calls: [{ name: "a.b", sql, execute: async () => ({}) }] });
const target = {
  ...modelTarget(),
  logins: { read: login("read"), ops: login("ops"), admin: login("admin") },
};
function login(user: string) {
  return { user, password: null };
}

const before: Prepared = {
  subject: ":55167",
  steps: [stepOf("select 1;")],
  notes: [{ tone: "ok", text: "All is well." }],
  typed: ":55167",
  dependsOn: ["shard 102008: :55167 → :55168"],
  claims: [],
  before: null,
  refresh: [],
};

const planFor = (one: Prepared) =>
  planOf(target, { name: "a.b", permission: "node:drain" }, one, { mayStart: { allowed: true }, confirmation: null });

test.each<[string, Partial<Prepared>]>([
  ["another statement", { steps: [stepOf("select 2;")] }],
  ["one statement more", { steps: [stepOf("select 1;"), stepOf("select 1;")] }],
  ["a reason against it", { notes: [{ tone: "bad", text: "Job 9 is under way." }] }],
  ["another name to type", { typed: ":55168" }],
  ["another move", { dependsOn: ["shard 102008: :55167 → :55169"] }],
  ["no move any more", { dependsOn: [] }],
  ["another login", { login: "admin" }],
])("F18: %s makes the plan stale, and is among what is shown as different", (_name, change) => {
  const now = { ...before, ...change };
  expect(fingerprintOf(now)).not.toBe(fingerprintOf(before));
  const { added, removed } = planDifference(planFor(before), planFor(now));
  expect(added.length + removed.length).toBeGreaterThan(0);
});

test("estimates and sizes make no plan stale", () => {
  const now = { ...before, steps: [{ ...stepOf("select 1;"), title: "Do it, 3 GB", takes: "about 9 s" }] };
  expect(fingerprintOf(now)).toBe(fingerprintOf(before));
});
