import { expect, test } from "vitest";
import { actionIdSchema, newActionId } from "./action-id";

test("an action id is a UUID of version 7: the time first, then chance", () => {
  const at = Date.UTC(2026, 1, 3, 4, 5, 6, 789);
  const id = newActionId(at);
  expect(actionIdSchema.parse(id)).toBe(id);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(at);
  expect(new Set(Array.from({ length: 1_000 }, () => newActionId(at))).size).toBe(1_000);
});
