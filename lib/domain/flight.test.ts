import { expect, test } from "vitest";
import { flightOf, recordedSteps } from "@/lib/testing/flights";
import { RECORDED_BYTES } from "@/lib/testing/recorded-rebalance";
import { gapsOf } from "./flight-gaps";
import { jobsAt, recordOf, replayOf, sightOf } from "./flight-replay";
import { flightStep, memoOf } from "./flight-step";
import { jobWork } from "./job-work";
import { timeLeft } from "./time-left";

const steps = recordedSteps();
const whole = flightOf(steps);

test("a step holds what is new: no task is written twice as it stood", () => {
  const firsts = steps[0]?.step;
  expect(firsts?.samples).toHaveLength(15);
  for (const { step } of steps.slice(1)) expect(step.samples.length).toBeLessThanOrEqual(4);
  expect(whole.samples.length).toBeLessThan(120);
});

test("the replay at each moment shows the moves as far as they were, and the end as it was", () => {
  const replay = replayOf(whole);
  const fractions = steps.map(({ at }) => jobWork(jobsAt(replay, at))?.fraction ?? -1);
  expect(fractions.toSorted((a, b) => a - b)).toEqual(fractions);
  expect(fractions.at(-1)).toBe(1);
  const end = jobsAt(replay, replay.to);
  expect(end.jobs[0]).toEqual(whole.job);
  expect(jobWork(end)).toMatchObject({ movesDone: 14, bytesDone: RECORDED_BYTES });
  expect(end.clock).toBeNull();
});

test("in the replay a task has the times, the phase and the bytes it had at that moment, and none that came later", () => {
  const at = whole.tasks[4]?.finishedAt ?? 0;
  const jobs = jobsAt(replayOf(whole), at);
  expect(jobs.jobs[0]).toMatchObject({ state: "running", finishedAt: null });
  for (const task of jobs.tasks) {
    const seen = jobs.record?.tasks[task.taskId];
    expect(seen?.finishedAt === null).toBe(task.status !== "done");
    expect(seen?.phases.every((phase) => phase.at <= at)).toBe(true);
  }
  expect(timeLeft(jobs)?.seconds).toBeGreaterThan(0);
});

test("a console that starts again goes on where the record ends: its end is the same record", () => {
  const half = flightOf(steps.slice(0, 40));
  const at = half.watched.at(-1)?.[1];
  expect(sightOf(half)?.clock).toBe(at);
  expect(sightOf(half)?.tasks.map((task) => task.status)).toEqual(
    jobsAt(replayOf(half), at ?? 0).tasks.map((task) => task.status),
  );
  const record = recordOf(half);
  expect(Object.values(record.tasks).filter((task) => task.finishedAt !== null).length).toBeGreaterThan(3);
  const again = flightStep(memoOf(half), half.job, { ...jobsAt(replayOf(half), at ?? 0), record }, at ?? 0);
  expect(again).toMatchObject({ tasks: [], samples: [], watched: null });
});

test("a time in which nobody looked is a gap, and what happened in it has no times", () => {
  const gappy = flightOf(recordedSteps((second) => second > 20 && second < 50));
  const gaps = gapsOf(gappy.watched, gappy.job);
  expect(gaps).toHaveLength(1);
  const [gap] = gaps;
  expect((gap?.to ?? 0) - (gap?.from ?? 0)).toBeGreaterThan(25_000);
  const inside = gappy.tasks.filter(({ taskId }) =>
    whole.tasks.some((task) => task.taskId === taskId && inGap(task.finishedAt)),
  );
  expect(inside.length).toBeGreaterThan(2);
  expect(inside.every((task) => task.finishedAt === null)).toBe(true);
  expect(gappy.job.state).toBe("finished");

  function inGap(at: number | null): boolean {
    return at !== null && gap !== undefined && at > gap.from && at < gap.to;
  }
});

test("a run that was watched from its start to its end has no gap", () => {
  expect(gapsOf(whole.watched, whole.job)).toEqual([]);
});
