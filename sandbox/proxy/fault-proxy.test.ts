import { once } from "node:events";
import { createServer, connect as dial, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startFaultProxy } from "./fault-proxy";
import type { FaultProxy, ProxyMode } from "./types";

let server: Server;
let proxy: FaultProxy;
const clients: Socket[] = [];

/** A server that says back what it hears. */
beforeEach(async () => {
  server = createServer((socket) => void socket.on("error", () => {}).pipe(socket));
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("no port");
  proxy = await startFaultProxy({ host: "127.0.0.1", port: address.port });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  await new Promise((done) => server.close(done));
});

type Heard = { text: string; end: "open" | "end" | "error" | "refused" };

/** What a client hears of ten bytes that it says, until somebody ends it or it has waited long enough. */
async function say(patienceMs = 300): Promise<Heard & { socket: Socket }> {
  const socket = dial(proxy.port, "127.0.0.1");
  clients.push(socket);
  const heard: Heard = { text: "", end: "open" };
  socket.on("data", (chunk: Buffer) => {
    heard.text += chunk;
  });
  const over = new Promise<void>((done) => {
    socket.once("end", () => {
      heard.end = "end";
      done();
    });
    socket.once("error", (cause: NodeJS.ErrnoException) => {
      heard.end = cause.code === "ECONNREFUSED" ? "refused" : "error";
      done();
    });
    socket.on("data", () => heard.text.length >= 10 && done());
  });
  socket.write("0123456789");
  await Promise.race([over, new Promise((done) => setTimeout(done, patienceMs))]);
  return Object.assign(heard, { socket });
}

test.each<[ProxyMode, Heard]>([
  ["pass", { text: "0123456789", end: "open" }],
  ["refuse", { text: "", end: "refused" }],
  ["mute", { text: "", end: "open" }],
  ["blackhole", { text: "", end: "open" }],
  ["rst", { text: "", end: "error" }],
  ["half-close", { text: "", end: "end" }],
  [{ truncate: 4 }, { text: "0123", end: "end" }],
  [{ slow: { bytesPerSecond: 1_000, delayMs: 5 } }, { text: "0123456789", end: "open" }],
])("a new connection in mode %j hears what the mode promises", async (mode, expected) => {
  await proxy.set(mode);
  expect(await say()).toMatchObject(expected);
});

test("what was under way in a black hole goes on when it ends", async () => {
  await proxy.set("blackhole");
  const { socket } = await say(50);
  await proxy.set("pass");
  const [chunk] = await once(socket, "data");
  expect(String(chunk)).toBe("0123456789");
});

test("an open connection is cut by refuse, and the same address serves again afterwards", async () => {
  const { socket } = await say();
  const closed = once(socket, "close");
  await proxy.set("refuse");
  await closed;
  await proxy.set("pass");
  expect((await say()).text).toBe("0123456789");
  expect(proxy.accepted()).toBe(2);
});
