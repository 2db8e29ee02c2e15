import "server-only";
import { randomUUID } from "node:crypto";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { type Actor, requireRight } from "@/server/auth/actor";
import { requireActor } from "@/server/auth/require-actor";
import { openCluster, type Target } from "@/server/clusters";
import { parse } from "@/server/parse";
import { STATUS_BY_CODE, toProblem } from "@/server/problem";
import { refuseCrossSite } from "./guard";

type Params = Record<string, string>;
type Context = { params: Promise<Params> };

/** The one way to write a GET handler of a cluster: host and site, who, parameters, right, then `answer`; every failure as a problem. */
export function clusterGet(
  permission: Permission,
  answer: (target: Target, request: Request, params: Params, actor: Actor) => Promise<Response>,
) {
  return async (request: Request, context: Context): Promise<Response> => {
    try {
      refuseCrossSite(request.headers);
      const actor = await requireActor(request.headers);
      const params = await context.params;
      const target = openCluster(parse(clusterIdSchema, params.clusterId));
      requireRight(actor, permission, target);
      return await answer(target, request, params, actor);
    } catch (cause) {
      const problem = toProblem(cause, randomUUID());
      return Response.json(problem, { status: STATUS_BY_CODE[problem.code], headers: { "cache-control": "no-store" } });
    }
  };
}
