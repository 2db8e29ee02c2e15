import type { ChangePlan, Run } from "@/lib/domain/change";

/** A plan that may be started, as the server shows it. */
export const aPlan = (over: Partial<ChangePlan> = {}): ChangePlan => ({
  change: "node.drain",
  steps: [{ title: "Close :55179 for new shards", sql: ["select close();"], takes: "at once" }],
  notes: [{ tone: "warn", text: "Drain empties every closed node.", detail: "Only :55179 is." }],
  refusal: null,
  typed: null,
  basis: [],
  login: "shardboard_ops",
  mayStart: { allowed: true },
  confirmation: "shown",
  fingerprint: "first",
  ...over,
});

/** A run that succeeded in one step. */
export const aRun = (over: Partial<Run> = {}): Run => ({
  id: "01990000-0000-7000-8000-000000000001",
  change: "node.drain",
  subject: ":55179",
  doing: "draining :55179",
  actor: "ada",
  actorId: "local:ada",
  reason: null,
  input: {},
  login: "shardboard_ops",
  applicationName: "shardboard:act:01990000-0000-7000-8000-000000000001",
  state: "succeeded",
  startedAt: 0,
  finishedAt: 1_800,
  steps: [
    {
      title: "Close :55179 for new shards",
      sql: ["select close();"],
      state: "done",
      startedAt: 0,
      finishedAt: 400,
      messages: ["NOTICE of the server"],
    },
  ],
  problem: null,
  jobId: null,
  effect: { seen: true, sentence: "pg_dist_node says that :55179 may not hold shards." },
  reconciled: null,
  closed: null,
  ...over,
});
