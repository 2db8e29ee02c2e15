import { beforeEach, expect, test, vi } from "vitest";
import { jobsAt, replayOf } from "@/lib/domain/flight-replay";
import type { Jobs } from "@/lib/domain/job";
import type { Snapshot } from "@/lib/domain/live";
import { flightOf, recordedSteps } from "@/lib/testing/flights";
import { newestFlight, readFlight } from "@/server/store/flights";
import { state } from "@/server/store/state";
import { aTarget } from "@/server/testing/a-target";
import { ownState } from "@/server/testing/own-state";
import { keepFlight } from "./keep";

const target = aTarget();
const steps = recordedSteps();
const whole = flightOf(steps);
const replay = replayOf(whole);
const holder = globalThis as typeof globalThis & { __shardboardFlights?: unknown };

ownState();
beforeEach(endOfProcess);

/** What a process that is killed takes with it. */
function endOfProcess(): void {
  delete holder.__shardboardFlights;
}

/** The topic as it was read at that moment. */
function snapshotAt(at: number): Snapshot<Jobs> {
  const data = jobsAt(replay, at);
  const last = whole.watched.at(-1);
  const watched: [number, number][] = [[last?.[0] ?? at, at]];
  const seen = { ...data, record: data.record && { ...data.record, watched } };
  return { version: String(at), data: seen, ageMs: 0, tookMs: 1, problem: null, failingForMs: null };
}

async function kept() {
  const database = await state();
  const id = await newestFlight(database, target.clusterId, whole.job.jobId);
  return id === undefined ? undefined : readFlight(database, id);
}

async function keepAt(at: number): Promise<void> {
  keepFlight(target, snapshotAt(at));
  await vi.waitUntil(async () => ((await kept())?.watched.at(-1)?.[1] ?? 0) >= at);
}

test("a process that dies in the middle loses nothing that was seen: the next one goes on in the same record", async () => {
  const moments = steps.map(({ at }) => at);
  const half = moments[50] ?? 0;
  for (const at of moments.filter((one, index) => index % 10 === 0 && one < half)) await keepAt(at);
  const before = await kept();
  endOfProcess();
  for (const at of moments.filter((one, index) => index % 10 === 0 && one >= half)) await keepAt(at);
  await keepAt(replay.to);
  const after = await kept();
  expect(after?.samples.slice(0, before?.samples.length)).toEqual(before?.samples);
  expect(after?.job.state).toBe("finished");
  expect(after?.tasks).toEqual(whole.tasks);
});

test("a run that had ended before anybody looked is not made up", async () => {
  keepFlight(target, snapshotAt(replay.to));
  keepFlight(target, snapshotAt(replay.to));
  await vi.waitUntil(
    () => (holder.__shardboardFlights as Map<string, { keeping: unknown }>).get(target.clusterId)?.keeping,
  );
  expect(await kept()).toBeUndefined();
});

test("a failed read adds nothing", async () => {
  await keepAt(steps[10]?.at ?? 0);
  const before = await kept();
  const problem = { code: "cluster_silent" as const, detail: "", traceId: "" };
  keepFlight(target, { ...snapshotAt(steps[20]?.at ?? 0), problem });
  expect(await kept()).toEqual(before);
});
