import "server-only";
import { randomUUID } from "node:crypto";
import { STATUS_BY_CODE, toProblem } from "@/server/problem";
import { livez, metrics, readyz } from "@/server/telemetry/endpoints";

/** A GET handler for machines: no session, no host name of ours (a probe asks by address), and nothing in it that is about a person or a cluster's objects. */
function machineGet(answer: (headers: Headers) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    try {
      return await answer(request.headers);
    } catch (cause) {
      const problem = toProblem(cause, randomUUID());
      return Response.json(problem, { status: STATUS_BY_CODE[problem.code], headers: { "cache-control": "no-store" } });
    }
  };
}

export const machineLivez = () => machineGet(livez);
export const machineReadyz = () => machineGet(readyz);
export const machineMetrics = () => machineGet(metrics);
