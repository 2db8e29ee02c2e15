import "server-only";
import { z } from "zod";
import type { Note } from "@/lib/domain/change";
import { type CleanupRecord, debrisCleanInput, leftoverCounts } from "@/lib/domain/debris";
import { isJobOpen } from "@/lib/domain/job";
import { call, change, type Effect } from "@/server/changes/define";
import type { Target } from "@/server/clusters";
import { listJobs } from "@/server/jobs/reads";
import * as statements from "@/server/sql/debris";
import { listCleanupRecords } from "./reads";

/** Has Citus remove now what failed or stopped operations left. */
export const cleanDebris = change({
  name: "debris.clean",
  permission: "debris:clean",
  input: debrisCleanInput,
  doing: () => "removing what moves left over",
  before: z.object({ records: z.array(z.number()) }),
  prepare: async (target) => {
    const [records, jobs] = await Promise.all([listCleanupRecords(target), listJobs(target)]);
    const removable = records.filter((record) => record.nodeId !== null);
    return {
      subject: leftoverCounts(removable),
      steps: [
        {
          title: "Remove what no operation uses any more",
          takes: "a few seconds",
          calls: [call(statements.clean, undefined)],
        },
      ],
      notes: notesFor(records, removable, jobs.some(isJobOpen)),
      // Not the records one by one: Citus removes some by itself while the plan is read.
      dependsOn: removable.length === 0 ? ["nothing to remove"] : [],
      claims: [{ object: "debris", mode: "exclusive" }],
      before: { records: removable.map(({ recordId }) => recordId) },
      refresh: ["debris", "jobs"],
    };
  },
  effect: (target, { before }) => effect(target, new Set(before.records)),
});

function notesFor(all: readonly CleanupRecord[], removable: readonly CleanupRecord[], isJobRunning: boolean): Note[] {
  if (removable.length === 0) return [{ tone: "bad", text: "Nothing is on record that Citus could remove." }];
  const lost = all.length - removable.length;
  return [
    {
      tone: "info",
      text: `On record: ${leftoverCounts(removable)}.`,
      detail: "Nothing that a query can see is removed: only copies and helpers that no shard's placement names.",
    },
    ...(isJobRunning
      ? [
          {
            tone: "info" as const,
            text: "A job is open: what its moves use now is left alone.",
            detail: "What it leaves if it fails can be removed when it is over.",
          },
        ]
      : []),
    ...(lost > 0
      ? [{ tone: "warn" as const, text: `${lost} on record lie on nodes that left the cluster: these stay on record.` }]
      : []),
  ];
}

async function effect(target: Target, before: ReadonlySet<number>): Promise<Effect> {
  const left = (await listCleanupRecords(target)).filter(({ recordId }) => before.has(recordId));
  if (left.length === 0) return { seen: true, sentence: "Nothing of it is on record any more." };
  return {
    seen: false,
    sentence: `${leftoverCounts(left)} of it ${left.length === 1 ? "is" : "are"} still on record: in use, or on a node that does not answer. Citus tries again by itself.`,
  };
}
