import "server-only";
import { runsSchema } from "@/lib/domain/change";
import { topic } from "@/server/live/topic";
import { runsOf } from "./book";

/** Reads our own memory, so it may be read often; a run announces its steps by itself as well. */
export const runsTopic = topic({
  name: "runs",
  schema: runsSchema,
  paceMs: (last) => (last?.runs.some((run) => run.state === "running") ? 500 : 5_000),
  read: async (target) => ({ runs: structuredClone(runsOf(target.clusterId)) }),
});
