import "server-only";
import type { SetBrakesInput } from "@/lib/domain/brakes";
import { appendInside } from "@/server/audit/append";
import type { Actor } from "@/server/auth/actor";
import type { Target } from "@/server/clusters";
import { jobsMemory } from "@/server/jobs/memory";
import { refreshTopics } from "@/server/live/collector";
import { writeBrakes } from "@/server/store/brakes";
import { state } from "@/server/store/state";

/** Sets the brakes of a cluster for every run until they are set anew; all off takes them away. On record, because they stop runs in this person's name. */
export async function setBrakes(target: Target, { limits, window }: SetBrakesInput, actor: Actor): Promise<null> {
  const { clusterId } = target;
  const { id, name, sessionId, from } = actor;
  await (await state()).transaction(async (inside) => {
    const starter = { id, name, sessionId, from };
    await writeBrakes(inside, clusterId, { limits, window, setAt: Date.now(), starter, tripped: null });
    const details = { subject: clusterId, limits, window };
    await appendInside(inside, { kind: "brakes-set", clusterId, actor, details });
  });
  jobsMemory(target).brakes = { limits, window, setBy: name, setAt: Date.now(), tripped: null, readings: {} };
  await refreshTopics(target, ["jobs"]);
  return null;
}
