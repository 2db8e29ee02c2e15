import "server-only";
import { clusterIdSchema } from "@/lib/domain/cluster";
import type { Permission } from "@/lib/domain/permission";
import { redactProblem } from "@/lib/domain/redact-words";
import { type Actor, requireRight } from "@/server/auth/actor";
import { mayReadRaw } from "@/server/auth/raw-reading";
import { openCluster, type Target } from "@/server/clusters";
import { parse } from "@/server/parse";
import { STATUS_BY_CODE } from "@/server/problem";
import { enterToRead } from "./enter";
import { refusalOf } from "./refusal";

type Params = Record<string, string>;
type Context = { params: Promise<Params> };

/** The one way to write a GET handler of a cluster: host and site, who, how often, parameters, right, then `answer`; every failure as a problem. */
export function clusterGet(
  permission: Permission,
  answer: (target: Target, request: Request, params: Params, actor: Actor) => Promise<Response>,
) {
  return async (request: Request, context: Context): Promise<Response> => {
    let person: string | undefined;
    // What fails before it is known who asks was said by the console itself.
    let seesLiterals = true;
    try {
      const actor = await enterToRead(request.headers);
      person = actor.id;
      const params = await context.params;
      const target = openCluster(parse(clusterIdSchema, params.clusterId));
      seesLiterals = mayReadRaw(actor, target).allowed;
      requireRight(actor, permission, target);
      return await answer(target, request, params, actor);
    } catch (cause) {
      const told = refusalOf(cause, request.headers, person);
      const problem = seesLiterals ? told : redactProblem(told);
      return Response.json(problem, { status: STATUS_BY_CODE[problem.code], headers: { "cache-control": "no-store" } });
    }
  };
}
