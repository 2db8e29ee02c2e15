import { once } from "node:events";
import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { answerHeaders } from "./browser-rules";
import { sharedJson } from "./shared-json";
import { takeShortWay, type Way } from "./short-way";

vi.mock("@/server/env", () => ({ env: () => ({ PUBLIC_ORIGIN: "https://console.example.com", PORT: 3000 }) }));
vi.mock("@/server/log", () => ({ log: { error: () => undefined } }));

const LONG = "x".repeat(5_000);
let pulled = 0;
let left = Promise.withResolvers<void>();
const ways: readonly Way[] = [
  {
    pattern: /^\/cluster\/(?<clusterId>[\w-]+)\/told$/,
    handler: async (request, { params }) =>
      Response.json({ ...(await params), search: new URL(request.url).search, cookie: request.headers.get("cookie") }),
  },
  {
    pattern: /^\/long$/,
    handler: async () => sharedJson("long", snapshot, { etag: '"1"', "cache-control": "no-store" }),
  },
  { pattern: /^\/same$/, handler: async () => new Response(null, { status: 304, headers: { etag: '"1"' } }) },
  {
    pattern: /^\/stream$/,
    handler: async ({ signal }) => {
      signal.addEventListener("abort", () => left.resolve());
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          pulled += 1;
          controller.enqueue(new Uint8Array(64 * 1_024));
        },
      });
      return new Response(body, { headers: { "content-type": "text/event-stream" } });
    },
  },
  {
    pattern: /^\/broken$/,
    handler: async () => {
      throw new Error("nobody expected this");
    },
  },
];
const snapshot = { version: "1", data: LONG, problem: null, ageMs: 12, tookMs: 3, failingForMs: null };

const server = createServer((asked, response) => {
  if (!takeShortWay(asked, response, ways)) response.end("the framework");
});
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => server.close());

function ask(path: string, headers: Record<string, string> = {}, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ answer: IncomingMessage; body: Buffer }>((resolve, reject) => {
    const call = get({ port, host: "127.0.0.1", path, method, headers, agent: false }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      resolve({ answer, body: Buffer.concat(chunks) });
    });
    call.on("error", reject);
  });
}

test("the handler of a route gets its parameters, the address and the headers as the framework would give them", async () => {
  const { answer, body } = await ask("/cluster/shop-1/told?a=b", { cookie: "c=d" });
  expect(JSON.parse(body.toString())).toEqual({ clusterId: "shop-1", search: "?a=b", cookie: "c=d" });
  expect(answer.statusCode).toBe(200);
});

test("its answers carry the headers that the proxy adds to all others", async () => {
  const { answer } = await ask("/same");
  expect(answer.statusCode).toBe(304);
  expect(answer.headers).toMatchObject({ ...answerHeaders(), etag: '"1"' });
  expect(answer.headers["content-security-policy"]).toContain("default-src 'none'");
});

test("what is written in any other way, or is no GET, is left to the framework", async () => {
  for (const path of ["/cluster/shop/told/", "/cluster//told", "/cluster/%73hop/told", "/Cluster/shop/told", "/"])
    expect((await ask(path)).body.toString(), path).toBe("the framework");
  expect((await ask("/same", {}, "POST")).body.toString()).toBe("the framework");
  expect((await ask("/same", {}, "HEAD")).answer.headers.etag).toBeUndefined();
});

test("long text is packed for who can unpack it, and is the same for who cannot", async () => {
  const packed = await ask("/long", { "accept-encoding": "gzip, br" });
  expect(packed.answer.headers).toMatchObject({ "content-encoding": "gzip", vary: "accept-encoding" });
  expect(packed.body.length).toBeLessThan(500);
  const plain = await ask("/long");
  expect(plain.answer.headers["content-encoding"]).toBeUndefined();
  expect(gunzipSync(packed.body)).toEqual(plain.body);
  expect(JSON.parse(plain.body.toString())).toEqual({ version: "1", data: LONG, problem: null });
});

test("a stream goes no faster than it is read, and hears when its reader leaves", async () => {
  const { port } = server.address() as AddressInfo;
  left = Promise.withResolvers();
  const call = get({ port, host: "127.0.0.1", path: "/stream", agent: false });
  const [answer] = (await once(call, "response")) as [IncomingMessage];
  answer.pause();
  let before = -1;
  await vi.waitFor(() => {
    const isStill = pulled === before;
    before = pulled;
    expect(isStill).toBe(true);
  }, 10_000);
  answer.destroy();
  await left.promise;
});

test("a handler that fails ends the connection, not the console", async () => {
  await expect(ask("/broken")).rejects.toThrow();
  expect((await ask("/same")).answer.statusCode).toBe(304);
});
