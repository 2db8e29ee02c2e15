import { expect, test, vi } from "vitest";
import { interleave, modelTarget, scheduled } from "@/server/testing/interleavings";
import { ownState } from "@/server/testing/own-state";

vi.mock("@/server/live/collector", () => ({ refreshTopics: async () => {} }));
ownState(scheduled);

test("F17: in whatever order several people's steps come, no two that collide run at once, none is half done, and who loses is told who, what and since when", async () => {
  const { ran, refused } = await interleave(300, modelTarget());
  // Both happened often: the orders are neither all harmless nor all refused.
  expect(ran).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
}, 60_000);
