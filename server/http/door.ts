import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, RequestListener, Server, ServerResponse } from "node:http";
import type { ErrorCode } from "@/lib/errors";
import { ERROR_SENTENCES } from "@/lib/errors";
import { sessionTokenIn } from "@/server/auth/cookie";
import { isEnding } from "@/server/ending";
import { env } from "@/server/env";
import { STATUS_BY_CODE } from "@/server/problem";
import { count } from "@/server/telemetry/counters";
import { routeLabel } from "@/server/telemetry/routes";
import { type Budget, createBudget } from "./budget";
import { ownHosts } from "./origin";
import { stampPeers } from "./peer";
import { takeShortWay } from "./short-way";

/** Longer addresses than any the console makes. */
const LONGEST_URL = 4_096;
const LARGEST_BODY = 64 * 1_024;
/** Asked by address, by machines that know no name; nothing in them is about a person. */
const MACHINES = new Set(["/livez", "/readyz", "/metrics"]);

const holder = globalThis as typeof globalThis & { __shardboardServer?: Server };

/**
 * Stands before the framework: what goes to another host name, is too long or too large is turned away before anything reads it,
 * and every answer is counted. The handlers check host, site and person themselves all the same.
 *
 * Next makes the server before any code of ours runs, so its listeners are taken over when the first request arrives.
 */
export function installDoor(isDevelopment = false): void {
  stampPeers();
  subscribe("http.server.request.start", (message) => {
    const { server } = message as { server: Server };
    if (holder.__shardboardServer || !isOurs(server)) return;
    holder.__shardboardServer = server;
    const budget = createBudget(env().REQUESTS_PER_SECOND);
    const inner = server.listeners("request") as RequestListener[];
    server.removeAllListeners("request");
    // Nobody listens for upgrades, so that one is a request like any other. Next would leave sockets open that it does not know. While
    // developing, its own page needs one.
    if (!isDevelopment) server.removeAllListeners("upgrade");
    server.on("request", (request, response) => {
      countWhenAnswered(request, response);
      if (isEnding()) response.setHeader("connection", "close");
      const refusal = refusalAtDoor(request, budget);
      if (refusal) return turnAway(request, response, refusal);
      if (!isDevelopment && takeShortWay(request, response)) return;
      for (const listener of inner) listener.call(server, request, response);
    });
  });
}

/** The server that people reach; known from its first request on. */
export function consoleServer(): Server | undefined {
  return holder.__shardboardServer;
}

/** Not the port for machines, which has no names and no sessions. */
function isOurs(server: Server): boolean {
  const address = server.address();
  return typeof address === "object" && address !== null && address.port === env().PORT;
}

/** Why a request gets no further; null: it does. */
export function refusalAtDoor(
  { url = "", headers }: Pick<IncomingMessage, "url" | "headers">,
  budget: Budget,
): ErrorCode | null {
  if (url.length > LONGEST_URL) return "bad_input";
  if (Number(headers["content-length"] ?? 0) > LARGEST_BODY) return "body_too_large";
  if (MACHINES.has(url.split("?", 1)[0] ?? "")) return null;
  const forwarded = headers["x-forwarded-host"];
  const isOwn =
    ownHosts().includes(headers.host ?? "") && (forwarded === undefined || ownHosts().includes(String(forwarded)));
  if (!isOwn) return "wrong_host";
  return isFlood(url, headers.cookie, budget) ? "too_many_requests" : null;
}

/**
 * Whether a session asks without end. Refused here it costs next to nothing, pages included; the handlers count once more, by
 * person. The files of the build are not counted: a first look at the console asks for dozens.
 */
function isFlood(url: string, cookie: string | undefined, budget: Budget): boolean {
  if (cookie === undefined || url.startsWith("/_next/")) return false;
  const token = sessionTokenIn(new Headers({ cookie }));
  return token !== null && !budget.spend(token);
}

/** In words, because a browser may show it; nothing of what was sent is in it. Where a body may follow the connection ends with it. */
function turnAway(request: IncomingMessage, response: ServerResponse, code: ErrorCode): void {
  const { title, nextStep } = ERROR_SENTENCES[code];
  response.writeHead(STATUS_BY_CODE[code], {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...(code === "too_many_requests" && { "retry-after": "1" }),
    ...(request.method !== "GET" && { connection: "close" }),
  });
  response.end(JSON.stringify({ code, detail: `${title}. ${nextStep}`, traceId: "" }));
  request.resume();
}

function countWhenAnswered(request: IncomingMessage, response: ServerResponse): void {
  const route = routeLabel(request.url ?? "");
  const began = performance.now();
  response.once("close", () => {
    // A browser that went away before there was an answer has no status.
    count("requests", [route, response.headersSent ? String(response.statusCode) : "none"]);
    count("requestSeconds", [route], (performance.now() - began) / 1_000);
  });
}
