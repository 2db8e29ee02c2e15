import "server-only";
import { createServer, type Server } from "node:http";
import { env } from "@/server/env";
import { log } from "@/server/log";
import { livez, metricsOnOwnPort, readyz } from "./endpoints";

const ANSWERS: Record<string, (headers: Headers) => Promise<Response>> = {
  "/livez": livez,
  "/readyz": readyz,
  "/metrics": metricsOnOwnPort,
};

/** A port for machines beside the one for people, where the configuration asks for one. */
export function listenForMachines(): Server | null {
  const { METRICS_PORT, METRICS_HOST } = env();
  if (METRICS_PORT === undefined) return null;
  const server = createServer(async (request, response) => {
    const answer = ANSWERS[request.url?.split("?", 1)[0] ?? ""];
    const headers = new Headers({ authorization: request.headers.authorization ?? "" });
    const { status, body } = await answered(request.method === "GET" ? answer : undefined, headers);
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" }).end(body);
  });
  server.on("error", (cause) => log.error("the port for machines cannot be opened", { cause }));
  server.listen(METRICS_PORT, METRICS_HOST).unref();
  return server;
}

async function answered(answer: ((headers: Headers) => Promise<Response>) | undefined, headers: Headers) {
  if (!answer) return { status: 404, body: "not found\n" };
  try {
    const { status, text } = await answer(headers).then(async (given) => ({
      status: given.status,
      text: await given.text(),
    }));
    return { status, body: text };
  } catch (cause) {
    log.error("a machine's question could not be answered", { cause });
    return { status: 500, body: "the console's log says why\n" };
  }
}
