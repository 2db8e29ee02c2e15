import { expect, test } from "vitest";
import { createBudget } from "./budget";

/** Two thousand requests a second by one person, spread evenly; how many are let through. */
function flood(budget: ReturnType<typeof createBudget>, clock: { now: number }, seconds: number): number {
  let through = 0;
  for (let request = 0; request < seconds * 2_000; request += 1) {
    clock.now += 0.5;
    if (budget.spend("local:eve")) through += 1;
  }
  return through;
}

test("T21: whoever sends 2,000 requests a second gets his share of them, and the next person's share is whole", () => {
  const clock = { now: 0 };
  const budget = createBudget(60, () => clock.now);
  flood(budget, clock, 60);
  const inTheNextMinute = flood(budget, clock, 60);
  expect(inTheNextMinute).toBeGreaterThanOrEqual(60 * 60 - 1);
  expect(inTheNextMinute).toBeLessThanOrEqual(60 * 60 + 1);
  let others = 0;
  for (let request = 0; request < 600; request += 1) if (budget.spend("local:ada")) others += 1;
  expect(others).toBe(600);
});

test("ten tabs that poll are never refused", () => {
  const clock = { now: 0 };
  const budget = createBudget(60, () => clock.now);
  for (let request = 0; request < 10 * 5 * 600; request += 1) {
    clock.now += 20;
    expect(budget.spend("local:ada")).toBe(true);
  }
});

test("what was refused costs nothing: after a pause the budget is there", () => {
  const clock = { now: 0 };
  const budget = createBudget(2, () => clock.now);
  for (let request = 0; request < 500; request += 1) budget.spend("local:ada");
  clock.now += 1_000;
  const granted = Array.from({ length: 20 }, () => budget.spend("local:ada")).filter(Boolean);
  expect(granted).toHaveLength(2);
});

test("however many people come, the memory for them is bounded", () => {
  const budget = createBudget(1, () => 0);
  for (let request = 0; request < 10; request += 1) expect(budget.spend("first")).toBe(true);
  expect(budget.spend("first")).toBe(false);
  for (let person = 0; person < 10_000; person += 1) budget.spend(`person-${person}`);
  expect(budget.spend("first")).toBe(true);
});
