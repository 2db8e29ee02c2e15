import "server-only";
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { log } from "@/server/log";
import { answerHeaders, contentSecurityPolicy } from "./browser-rules";
import { clusterEvents } from "./cluster-events";
import { clusterLive } from "./cluster-live";
import { clusterLook } from "./cluster-look";
import { packedOf } from "./shared-json";

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>;
/** The groups of a pattern are the handler's parameters. */
export type Way = { pattern: RegExp; handler: Handler };

/**
 * What every open screen holds open or asks for every few seconds. The door hands it to the same handlers as the routes of app/ do: the framework
 * keeps some 60 kB for each request that is open and needs milliseconds for one that is answered with "nothing new".
 */
const LIVE: readonly Way[] = [
  { pattern: /^\/api\/clusters\/(?<clusterId>[\w-]+)\/events$/, handler: clusterEvents() },
  { pattern: /^\/api\/clusters\/(?<clusterId>[\w-]+)\/live$/, handler: clusterLook() },
  { pattern: /^\/api\/clusters\/(?<clusterId>[\w-]+)\/live\/(?<topic>[a-z-]+)$/, handler: clusterLive() },
];

/** Answers what is asked often. false: it is another request, or not written exactly so, and goes the framework's way. */
export function takeShortWay(asked: IncomingMessage, response: ServerResponse, ways: readonly Way[] = LIVE): boolean {
  if (asked.method !== "GET") return false;
  const path = (asked.url ?? "").split("?", 1)[0] ?? "";
  for (const { pattern, handler } of ways) {
    const found = pattern.exec(path);
    if (!found) continue;
    const params = Promise.resolve({ ...found.groups });
    answer(asked, response, (request) => handler(request, { params })).catch((cause: unknown) => {
      log.error("an answer could not be sent", { cause });
      response.destroy();
    });
    return true;
  }
  return false;
}

async function answer(
  asked: IncomingMessage,
  response: ServerResponse,
  handle: (request: Request) => Promise<Response>,
): Promise<void> {
  const leaving = new AbortController();
  response.once("close", () => leaving.abort());
  const url = new URL(asked.url ?? "/", `http://${asked.headers.host}`);
  const made = await handle(new Request(url, { headers: headersOf(asked), signal: leaving.signal }));
  // As the proxy does it for what the framework answers.
  const policy = { "content-security-policy": contentSecurityPolicy(randomBytes(16).toString("base64"), false) };
  const headers = { ...policy, ...answerHeaders(), ...Object.fromEntries(made.headers) };
  if (made.body && made.headers.get("content-type") === "text/event-stream") {
    response.writeHead(made.status, headers);
    await pass(made.body, response);
    response.end();
    return;
  }
  const packed = /\bgzip\b/.test(String(asked.headers["accept-encoding"] ?? "")) ? await packedOf(made) : null;
  response.writeHead(made.status, {
    ...headers,
    ...(packed && { "content-encoding": "gzip", vary: "accept-encoding" }),
  });
  response.end(packed ?? new Uint8Array(await made.arrayBuffer()));
}

/** No faster than the browser reads. */
async function pass(body: ReadableStream<Uint8Array>, response: ServerResponse): Promise<void> {
  const reader = body.getReader();
  let wake = () => {};
  response.on("drain", () => wake());
  response.on("close", () => {
    wake();
    reader.cancel().catch((cause: unknown) => log.error("a stream could not be ended", { cause }));
  });
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    const isTaken = response.write(read.value) || response.destroyed;
    if (!isTaken) await new Promise<void>((resume) => (wake = resume));
  }
}

function headersOf({ headers }: IncomingMessage): Headers {
  const made = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) made.set(name, String(value));
  return made;
}
