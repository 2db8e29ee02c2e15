import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { Note } from "@/lib/domain/change";
import { type PaceInput, type PaceWas, paceInput, paceKeptSchema, wantedPace } from "@/lib/domain/pace";
import { openRebalance } from "@/lib/domain/rebalance-stop";
import { call, change, type Effect } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import * as statements from "@/server/sql/pace";
import { paceLogin, readPace } from "./reads";

/** Changes how many moves run side by side while a run goes on. At its end the console puts it back. */
export const rebalancePace = change({
  name: "rebalance.pace",
  permission: "rebalance:start",
  input: paceInput,
  doing: (subject) => `changing the pace of ${subject}`,
  before: paceKeptSchema,
  prepare: async (target, input) => {
    const [jobs, was, { login, notes }] = await Promise.all([listJobs(target), readPace(target), paceLogin(target)]);
    const job = openRebalance(jobs);
    const changes = wantedPace(input).filter(([name, value]) =>
      was.some((one) => one.name === name && one.value !== value),
    );
    return {
      subject: job ? `job ${job.jobId}` : "no job",
      steps: [
        {
          title: "Change how many moves run side by side",
          takes: "a moment; what runs is not interrupted",
          calls: [
            ...changes.map(([name, value]) => call(statements.setPace(name, value), undefined)),
            call(statements.reloadSettings, undefined),
          ],
        },
      ],
      login,
      notes: [...notes, ...notesFor(job?.jobId, changes.length, was)],
      dependsOn: was.map((one) => `${one.name} is ${one.value}`),
      claims: [{ object: "pace", mode: "exclusive" }],
      before: { jobId: job?.jobId ?? null, was },
      refresh: ["jobs"],
    };
  },
  effect: (target, { input }) => effect(target, input),
});

function notesFor(jobId: number | undefined, changes: number, was: readonly PaceWas[]): Note[] {
  if (jobId === undefined) return [{ tone: "bad", text: "No rebalance is under way: the pace is that of a run." }];
  if (changes === 0) return [{ tone: "bad", text: "These are the values that hold now." }];
  const back = was.map(({ name, value }) => `${name} = ${value}`).join(", ");
  return [
    {
      tone: "info",
      text: `Put back when job ${jobId} is over: ${back}.`,
      detail:
        "The console does it by itself, also after it was stopped or killed in between. It holds for every background task of this server until then.",
    },
  ];
}

/** Every process of the server reads its settings again by itself, a moment after it was told. */
const SEEN_WITHIN_MS = 3_000;

/** Whether the settings have these values, now or in a moment. */
async function effect(target: Target, input: PaceInput): Promise<Effect> {
  const wanted = wantedPace(input);
  return paceIs(target, (now) =>
    wanted.every(([name, value]) => now.every((one) => one.name !== name || one.value === value)),
  );
}

/** Looks until the settings are as they should be, for a moment. */
export async function paceIs(target: Target, isIt: (now: readonly PaceWas[]) => boolean): Promise<Effect> {
  for (const started = performance.now(); ; await sleep(200)) {
    const now = await readPace(target);
    const sentence = `${now.map(({ name, value }) => `${name} is ${value}`).join(", ")}.`;
    if (isIt(now)) return { seen: true, sentence };
    if (performance.now() - started > SEEN_WITHIN_MS) return { seen: false, sentence };
  }
}
