import "server-only";
import { metricsNotes } from "@/server/metrics/metrics";
import { exposition } from "./exposition";
import { reasonsNotReady } from "./readiness";
import { machineToken } from "./token";

const TEXT = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };

/** The process runs and answers. Nothing else is looked at: a restart would mend nothing else. */
export async function livez(): Promise<Response> {
  return new Response("alive\n", { headers: TEXT });
}

/** Whether requests should come here now. Why not is for whoever has the token for machines. */
export async function readyz(headers: Headers): Promise<Response> {
  const reasons = await reasonsNotReady();
  const status = reasons.length === 0 ? 200 : 503;
  if (machineToken(headers) === "right") {
    const notes = metricsNotes();
    return Response.json(
      { ready: reasons.length === 0, reasons, ...(notes.length > 0 && { notes }) },
      { status, headers: { "cache-control": "no-store" } },
    );
  }
  return new Response(reasons.length === 0 ? "ready\n" : "not ready\n", { status, headers: TEXT });
}

/** Counters and measures. On the console's own port only with the token; without one configured there is nothing at this address. */
export async function metrics(headers: Headers): Promise<Response> {
  const token = machineToken(headers);
  if (token === "none") return new Response("not found\n", { status: 404, headers: TEXT });
  return token === "right" ? exposed() : refused();
}

/** On a port of its own, which is not for people: the token only where there is one. */
export async function metricsOnOwnPort(headers: Headers): Promise<Response> {
  return machineToken(headers) === "wrong" ? refused() : exposed();
}

async function exposed(): Promise<Response> {
  const headers = { ...TEXT, "content-type": "text/plain; version=0.0.4; charset=utf-8" };
  return new Response(await exposition(), { headers });
}

function refused(): Response {
  return new Response("the token is missing or wrong\n", {
    status: 401,
    headers: { ...TEXT, "www-authenticate": "Bearer" },
  });
}
