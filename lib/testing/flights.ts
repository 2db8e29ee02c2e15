import type { Flight } from "@/lib/domain/flight";
import { type FlightMemo, type FlightStep, flightStep, NO_MEMO, withStep } from "@/lib/domain/flight-step";
import { isJobOpen, type JobRecord } from "@/lib/domain/job";
import { emptyRecord, type JobSight, observeTasks, withLook, withSample } from "@/lib/domain/job-record";
import { jobWork } from "@/lib/domain/job-work";
import { recordedBytesOf, recordedLooks } from "./recorded-rebalance";

const STARTED_AT = 1_000_000;

/** The recorded run of a real Citus as the console puts it on record, look by look. `skips`: seconds at which nobody looked. */
export function recordedSteps(skips: (second: number) => boolean = () => false): { at: number; step: FlightStep }[] {
  let record: JobRecord = emptyRecord(1);
  let before: JobSight | null = null;
  let memo: FlightMemo = NO_MEMO;
  return recordedLooks().flatMap(({ second, jobs }) => {
    const job = jobs.jobs[0];
    if (!job || skips(second)) return [];
    const at = STARTED_AT + second * 1000;
    const now: JobSight = { clock: at, tasks: jobs.tasks, progress: jobs.progress, bytesOf: recordedBytesOf };
    record = observeTasks(record, before, now);
    before = now;
    if (isJobOpen(job)) record = withSample(record, at, jobWork({ ...jobs, record })?.bytesDone ?? 0);
    record = withLook(record, at);
    const step = flightStep(memo, job, { ...jobs, record }, at);
    memo = withStep(memo, step);
    return [{ at, step }];
  });
}

/** The record that these steps come to. */
export function flightOf(steps: readonly { step: FlightStep }[]): Flight {
  const heads = steps.flatMap(({ step }) => step.head ?? []);
  const tasks = new Map(steps.flatMap(({ step }) => step.tasks.map((task) => [task.taskId, task] as const)));
  const spans = new Map(steps.flatMap(({ step }) => (step.watched ? [step.watched] : [])));
  const head = heads.at(-1);
  if (!head) throw new Error("no step has a head");
  return {
    ...head,
    tasks: [...tasks.values()],
    samples: steps.flatMap(({ step }) => step.samples),
    watched: [...spans],
  };
}
