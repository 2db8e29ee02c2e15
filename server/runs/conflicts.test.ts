import { afterAll, expect, test, vi } from "vitest";
import { ownState } from "@/server/testing/own-state";

vi.mock("@/server/live/collector", () => ({ refreshTopics: async () => {} }));
// Another file of the same worker may have brought these already, without what stands in here for the collector.
vi.resetModules();
afterAll(() => void vi.resetModules());
const { interleave, modelTarget, scheduled } = await import("@/server/testing/interleavings");
ownState(scheduled);

test("F17: in whatever order several people's steps come, no two that collide run at once, none is half done, and who loses is told who, what and since when", async () => {
  const { ran, refused } = await interleave(300, modelTarget());
  // Both happened often: the orders are neither all harmless nor all refused.
  expect(ran).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
}, 60_000);
