import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const configured = { PORT: 0, PUBLIC_ORIGIN: undefined, REQUESTS_PER_SECOND: 2 };
vi.mock("@/server/env", () => ({ env: () => configured }));

const reached: string[] = [];
// Made before the door is: as Next makes its server.
const server = createServer((asked, answer) => {
  reached.push(asked.url ?? "");
  asked.resume();
  answer.end("inside");
});
/** As Next does it: what it does not know it leaves open. */
const upgraded: string[] = [];
server.on("upgrade", (asked) => upgraded.push(asked.url ?? ""));
let seriesOf: typeof import("@/server/telemetry/counters").seriesOf;

beforeAll(async () => {
  vi.resetModules();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  configured.PORT = (server.address() as AddressInfo).port;
  ({ seriesOf } = await import("@/server/telemetry/counters"));
  const door = await import("./door");
  door.installDoor();
});
afterAll(() => {
  server.close();
  vi.resetModules();
});

type Ask = { path?: string; method?: string; headers?: Record<string, string>; body?: string };

function ask({ path = "/", method = "GET", headers = {}, body = "" }: Ask) {
  const host = `localhost:${configured.PORT}`;
  return new Promise<{ status: number; text: string; headers: IncomingMessage["headers"] }>((resolve, reject) => {
    const to = { port: configured.PORT, host: "127.0.0.1", path, method, agent: false, headers: { host, ...headers } };
    const call = request(to, (answer) => {
      let text = "";
      answer.on("data", (chunk) => (text += chunk));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    call.on("error", reject).end(body);
  });
}

test("T18: what goes to another host name is turned away before the framework, and the name is not repeated", async () => {
  for (const headers of [{ host: "evil.example" }, { "x-forwarded-host": "evil.example" }]) {
    const answer = await ask({ path: "/hidden", headers });
    expect(answer.status).toBe(421);
    expect(answer.text + JSON.stringify(answer.headers)).not.toContain("evil.example");
  }
  expect(reached).not.toContain("/hidden");
  expect((await ask({ path: "/clusters" })).text).toBe("inside");
});

test("T3: an upgrade is a request like any other: none is handed on, no socket is left open, and another host name is turned away", async () => {
  await ask({});
  const upgrade = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
  expect((await ask({ path: "/socket", headers: upgrade })).text).toBe("inside");
  expect((await ask({ path: "http://127.0.0.1:9/", headers: { ...upgrade, host: "127.0.0.1:9" } })).status).toBe(421);
  expect(upgraded).toEqual([]);
});

test("machines ask by address", async () => {
  for (const path of ["/livez", "/readyz", "/metrics"])
    expect((await ask({ path, headers: { host: "10.9.8.7:3000" } })).status, path).toBe(200);
});

test("a body over 64 kB and an address over 4 kB get no further", async () => {
  const large = await ask({
    path: "/large",
    method: "POST",
    headers: { "content-length": String(64 * 1024 + 1) },
  }).catch((cause: { code: string }) => cause.code);
  // The console closes the connection; a sender who is still writing may see only that.
  if (typeof large === "string") expect(large).toBe("ECONNRESET");
  else expect(large.status).toBe(413);
  expect((await ask({ path: `/long${"x".repeat(4_096)}` })).status).toBe(400);
  expect(reached.filter((path) => /^\/(large|long)/.test(path))).toEqual([]);
});

test("T21: a session that asks without end is turned away cheaply, another one is not", async () => {
  const cookie = (letter: string) => ({ cookie: `shardboard-${configured.PORT}=${letter.repeat(43)}` });
  const statuses: number[] = [];
  for (let one = 0; one < 40; one += 1) statuses.push((await ask({ path: "/flood", headers: cookie("a") })).status);
  expect(statuses.slice(0, 20)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(10);
  expect((await ask({ path: "/flood", headers: cookie("b") })).status).toBe(200);
  expect((await ask({ path: "/_next/static/a.js", headers: cookie("a") })).status).toBe(200);
});

test("every answer is counted under its route's template and its status", async () => {
  await ask({ path: "/clusters/some-cluster/nodes?secret=1" });
  await vi.waitFor(() =>
    expect(seriesOf("requests").map(({ labels }) => labels.join(" "))).toContain("/clusters/:clusterId/nodes 200"),
  );
  expect(JSON.stringify(seriesOf("requests"))).not.toMatch(/some-cluster|secret/);
});
