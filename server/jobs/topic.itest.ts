import { afterAll, expect, test } from "vitest";
import { jobsSchema } from "@/lib/domain/job";
import { closePools } from "@/server/pg/pools";
import { testCluster } from "@/server/testing/cluster";
import { readJobs } from "./topic";

afterAll(closePools);

test("the pg_monitor login reads jobs, tasks, progress and the settings that pace them", async () => {
  const { asReadLogin } = testCluster();
  const jobs = jobsSchema.parse(await readJobs(asReadLogin));
  expect(jobs.progressProblem).toBeNull();
  expect(jobs.executors).toBeGreaterThan(0);
  expect(jobs.queueIntervalMs).toBeGreaterThan(0);
});
