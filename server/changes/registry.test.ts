import { expect, test } from "vitest";
import { repeatRight } from "@/lib/domain/repeat";
import { CHANGES } from "./registry";

test("asking for a change again needs the right that the change itself needs, and sessions are never signalled again", () => {
  for (const { name, permission } of CHANGES) expect([null, permission]).toContain(repeatRight(name));
  const never = CHANGES.filter(({ name }) => repeatRight(name) === null).map(({ name }) => name);
  expect(never).toEqual(["activity.cancel", "activity.terminate", "rebalance.stop"]);
});
