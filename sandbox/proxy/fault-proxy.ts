import { createServer, connect as dial, type Socket } from "node:net";
import { chooseFreePorts } from "../processes/ports.ts";
import { trickle } from "./trickle.ts";
import type { Address, FaultProxy, ProxyMode } from "./types.ts";

type Pair = { client: Socket; server: Socket; isTainted: boolean };

/** A TCP proxy on loopback whose behaviour is changed while connections are open. */
export async function startFaultProxy(target: Address): Promise<FaultProxy> {
  const [port = 0] = await chooseFreePorts(1);
  const pairs = new Set<Pair>();
  let mode: ProxyMode = "pass";
  let to = target;
  let accepted = 0;

  const listener = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (client) => {
    accepted += 1;
    client.on("error", () => {}); // told by "close", which follows
    if (mode === "rst") return void client.resetAndDestroy();
    const server = dial({ ...to, allowHalfOpen: true }).on("error", () => {});
    const pair: Pair = { client, server, isTainted: false };
    pairs.add(pair);
    carry(pair, client, server, Number.POSITIVE_INFINITY);
    carry(pair, server, client, typeof mode === "object" && "truncate" in mode ? mode.truncate : Infinity);
    if (mode === "half-close") server.once("connect", () => client.end());
    if (mode === "blackhole") server.pause();
    else client.resume();
  });

  function carry(pair: Pair, from: Socket, other: Socket, most: number): void {
    let left = most;
    from.on("data", async (chunk: Buffer) => {
      if (mode === "mute") pair.isTainted = true;
      if (mode === "mute" || other.destroyed) return;
      from.pause();
      if (typeof mode === "object" && "slow" in mode) await trickle(chunk, other, mode.slow);
      else other.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) cut(pair);
      else if (mode !== "blackhole") from.resume();
    });
    from.on("end", () => mode !== "mute" && other.end());
    from.on("close", () => mode !== "blackhole" && cut(pair));
  }

  function cut(pair: Pair, how: "destroySoon" | "resetAndDestroy" = "destroySoon"): void {
    pairs.delete(pair);
    for (const socket of [pair.client, pair.server]) if (!socket.destroyed) socket[how]();
  }

  const listen = () => new Promise<void>((done) => void listener.listen(port, "127.0.0.1", done));
  const unlisten = () => new Promise<void>((done) => void listener.close(() => done()));
  async function set(next: ProxyMode): Promise<void> {
    mode = next;
    for (const pair of [...pairs]) {
      const isHalfGone = pair.client.destroyed || pair.server.destroyed;
      if (next === "rst") cut(pair, "resetAndDestroy");
      // Tainted: bytes are missing in the middle of it.
      else if (next === "refuse" || ((isHalfGone || pair.isTainted) && next !== "mute")) cut(pair);
      else if (next === "half-close") pair.client.end();
      else for (const socket of [pair.client, pair.server]) socket[next === "blackhole" ? "pause" : "resume"]();
    }
    if (next === "refuse" && listener.listening) await unlisten();
    if (next !== "refuse" && !listener.listening) await listen();
  }
  const point = (address: Address) => {
    to = address;
  };
  await listen();
  listener.unref();
  const open = () => pairs.size;
  return { host: "127.0.0.1", port, set, point, open, accepted: () => accepted, close: () => set("refuse") };
}
