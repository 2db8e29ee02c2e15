import { DialogSection } from "@/components/ui/dialog";
import { isOpenRun, type Run } from "@/lib/domain/change";
import type { Jobs } from "@/lib/domain/job";
import { MoveLine } from "./move-line";

/** Changes that move shards without a background job: Citus tells how far they are all the same. */
const BY_HAND: readonly string[] = ["shard.move", "schema.move", "shard.copy"];

/** Whether Citus' own progress belongs to the run while it is open. */
export function movesByHand(run: Pick<Run, "change" | "state">): boolean {
  return isOpenRun(run) && BY_HAND.includes(run.change);
}

/** How far a move by hand is, in Citus' words. While it runs no job is open, so what moves is this. */
export function HandProgress({ jobs }: { jobs: Pick<Jobs, "progress"> }) {
  if (jobs.progress.length === 0) return null;
  return (
    <DialogSection>
      {jobs.progress.map((progress) => (
        <MoveLine key={progress.sessionId} what={progress.shardIds[0] ?? ""} progress={progress} />
      ))}
    </DialogSection>
  );
}
