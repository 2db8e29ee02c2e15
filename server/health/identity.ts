import "server-only";
import type { Target } from "@/server/clusters";
import { collectorFor } from "@/server/live/collector";
import { log } from "@/server/log";
import { identityOf, recallCoordinator } from "@/server/pg/coordinators";
import { keepIdentity, readIdentity } from "@/server/store/identities";
import { state } from "@/server/store/state";

/**
 * Keeps which database a cluster is beyond the life of this process, so that an old primary that comes back after a failover is
 * recognised also by a console that was started in between.
 */
export async function followIdentity(target: Target): Promise<void> {
  const database = await state();
  let kept = await readIdentity(database, target.clusterId);
  if (kept) recallCoordinator(target, kept);
  collectorFor(target).subscribe((topic) => {
    const { systemId, timeline } = identityOf(target);
    if (topic !== "health" || systemId === null || timeline === null) return;
    if (kept?.systemId === systemId && kept.timeline === timeline) return;
    if (kept && kept.systemId !== systemId)
      log.warn("another database system than before", { clusterId: target.clusterId, before: kept.systemId, systemId });
    kept = { systemId, timeline };
    keepIdentity(database, target.clusterId, kept).catch((cause: unknown) =>
      log.warn("which database the cluster is could not be kept", { cause, clusterId: target.clusterId }),
    );
  });
}
