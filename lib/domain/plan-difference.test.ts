import { expect, test } from "vitest";
import { aPlan as planLike } from "../testing/changes";
import type { ChangePlan } from "./change";
import { planDifference } from "./plan-difference";

function aPlan(sql: string[], notes: string[] = []): ChangePlan {
  return planLike({
    steps: [{ title: "Do it", sql }],
    notes: notes.map((text) => ({ tone: "info", text })),
    fingerprint: sql.join(),
  });
}

test("a statement that is new and one that is gone are both named", () => {
  expect(planDifference(aPlan(["select 1;"]), aPlan(["select 2;"]))).toEqual({
    added: ["select 2;"],
    removed: ["select 1;"],
  });
});

test("a note that appeared counts as a difference", () => {
  const { added } = planDifference(aPlan(["select 1;"]), aPlan(["select 1;"], [":55167 is closed as well."]));
  expect(added).toEqual([":55167 is closed as well."]);
});

test("a statement that runs twice now and ran once before is one more", () => {
  expect(planDifference(aPlan(["x"]), aPlan(["x", "x"])).added).toEqual(["x"]);
});

test("the same plan has no difference, whatever its estimates say", () => {
  const before = aPlan(["select 1;"]);
  const now = { ...before, steps: [{ title: "Do it", sql: ["select 1;"], takes: "about 9 s" }] };
  expect(planDifference(before, now)).toEqual({ added: [], removed: [] });
});
