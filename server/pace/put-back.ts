import "server-only";
import { z } from "zod";
import { isJobOpen } from "@/lib/domain/job";
import { type PaceWas, paceBackInput, paceWasSchema } from "@/lib/domain/pace";
import { call, change } from "@/server/changes/define";
import { listJobs } from "@/server/jobs/reads";
import * as statements from "@/server/sql/pace";
import { state } from "@/server/store/state";
import { paceIs } from "./change";
import { pendingPaces } from "./pending";
import { paceLogin } from "./reads";

/** Puts the pace back to what it was before it was changed for a run that is over. */
export const rebalancePaceBack = change({
  name: "rebalance.paceBack",
  permission: "rebalance:start",
  input: paceBackInput,
  doing: (subject) => `putting back the pace after ${subject}`,
  before: z.object({ was: z.array(paceWasSchema) }),
  prepare: async (target, { clusterId, jobId }) => {
    const [jobs, pending, { login, notes }] = await Promise.all([
      listJobs(target),
      state().then((database) => pendingPaces(database, clusterId)),
      paceLogin(target),
    ]);
    const was = pending.find((one) => one.jobId === jobId)?.was ?? [];
    const isOpen = jobs.some((job) => job.jobId === jobId && isJobOpen(job));
    return {
      subject: `job ${jobId}`,
      steps: [
        {
          title: "Put back how many moves run side by side",
          takes: "a moment",
          calls: [...was.map(back), call(statements.reloadSettings, undefined)],
        },
      ],
      login,
      notes: [
        ...notes,
        ...(was.length === 0 ? [{ tone: "bad" as const, text: "Nothing is to be put back." }] : []),
        ...(isOpen ? [{ tone: "bad" as const, text: `Job ${jobId} goes on: its pace is put back at its end.` }] : []),
      ],
      claims: [{ object: "pace", mode: "exclusive" }],
      before: { was },
      refresh: ["jobs"],
    };
  },
  effect: (target, { before }) =>
    paceIs(target, (now) =>
      before.was.every(({ name, value }) => now.every((one) => one.name !== name || one.value === value)),
    ),
});

function back({ name, value, isAltered }: PaceWas) {
  return isAltered ? call(statements.setPace(name, value), undefined) : call(statements.resetPace(name), undefined);
}
