import { afterEach, expect, test, vi } from "vitest";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Jobs } from "@/lib/domain/job";
import { createBudget } from "@/server/live/budget";
import { createReader } from "@/server/live/reader";
import { aTarget } from "@/server/testing/a-target";
import { jobsTopic } from "./topic";

afterEach(() => vi.useRealTimers());

test("a run that begins while nobody watches is looked for every half minute, however deep in debt the budget is", async () => {
  vi.useFakeTimers();
  const now = () => Date.now();
  const budget = createBudget(0.01, now);
  budget.charge("sizes", 3_600_000);
  budget.charge("jobs", 500);
  const idle = { jobs: [], progress: [] } as unknown as Jobs;
  const read = vi.fn(async () => idle);
  const target = aTarget({ clusterId: clusterIdSchema.parse("in-debt") });
  const reader = createReader(target, { ...jobsTopic, read }, () => {}, { budget, now });
  await reader.refresh();
  await vi.advanceTimersByTimeAsync(10 * 60_000);
  expect(read.mock.calls.length).toBeGreaterThanOrEqual(20);
  reader.stop();
});
