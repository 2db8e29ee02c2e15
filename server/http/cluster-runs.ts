import "server-only";
import { z } from "zod";
import type { Run } from "@/lib/domain/change";
import { redactRun } from "@/lib/domain/redact";
import { AppError } from "@/lib/errors";
import type { Actor } from "@/server/auth/actor";
import { mayReadRaw } from "@/server/auth/raw-reading";
import type { Target } from "@/server/clusters";
import { parse } from "@/server/parse";
import { findRun, listRuns } from "@/server/store/runs";
import { state } from "@/server/store/state";
import { clusterGet } from "./cluster-get";

const PRIVATE = { "cache-control": "no-store" };
const PAGE = 100;
const idSchema = z.string().min(1).max(100);
const pageSchema = z.object({ before: z.coerce.number().int().positive() });

/** One operation, whenever it was. Of another cluster it is not there. */
export function clusterRun() {
  return clusterGet("cluster:read", async (target, _request, params, actor) => {
    const stored = await findRun(await state(), parse(idSchema, params.runId));
    if (stored?.clusterId !== target.clusterId)
      throw new AppError("not_found", "There is no operation of that name on this cluster.");
    return Response.json(seen(actor, target, stored.run), { headers: PRIVATE });
  });
}

/** Operations that began before a moment, newest first: what the live topic has no room for. */
export function clusterOlderRuns() {
  return clusterGet("cluster:read", async (target, request, _params, actor) => {
    const { before } = parse(pageSchema, Object.fromEntries(new URL(request.url).searchParams));
    const runs = await listRuns(await state(), target.clusterId, { limit: PAGE, before });
    return Response.json({ runs: runs.map((run) => seen(actor, target, run)) }, { headers: PRIVATE });
  });
}

function seen(actor: Actor, target: Target, run: Run): Run {
  return mayReadRaw(actor, target).allowed ? run : redactRun(run);
}
