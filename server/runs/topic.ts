import "server-only";
import { isOpenRun, runsSchema } from "@/lib/domain/change";
import { redactRun } from "@/lib/domain/redact";
import { topic } from "@/server/live/topic";
import { listRuns } from "@/server/store/runs";
import { state } from "@/server/store/state";

/** As many as screens show without asking; older ones have pages. */
const SHOWN = 100;

/** Reads the console's own state, so it may be read often, and shows the runs of other replicas too; a run announces its steps by itself as well. */
export const runsTopic = topic({
  name: "runs",
  schema: runsSchema,
  isOwn: true,
  paceMs: (last) => (last?.runs.some(isOpenRun) ? 500 : 5_000),
  read: async ({ clusterId }) => ({ runs: await listRuns(await state(), clusterId, { limit: SHOWN }) }),
  redact: ({ runs }) => ({ runs: runs.map(redactRun) }),
});
