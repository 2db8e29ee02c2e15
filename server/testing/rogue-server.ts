import "server-only";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createSecureContext, TLSSocket } from "node:tls";
import type { Made } from "./certificate";

/** Answers a PostgreSQL client like a server that is after its password, and keeps what it was told. */
export type Rogue = {
  port: number;
  /** Everything it was sent after the startup packet, decrypted. */
  heard: () => Buffer;
  /** Connections that got as far as a startup packet: under TLS only those that believed the certificate. */
  startups: () => number;
  close: () => Promise<void>;
};

type Wish = "cleartext" | "md5" | "scram";
/** `tls`: a certificate; "none": says that it has no TLS; "garbage": answers the request for TLS with something else. */
type Options = { wish: Wish; tls: Made | "none" | "garbage" };

const SSL_REQUEST = 80877103;

export async function startRogue({ wish, tls }: Options): Promise<Rogue> {
  const heard: Buffer[] = [];
  const sockets = new Set<Socket>();
  let startups = 0;
  const serve = (socket: Socket) => {
    let started = false;
    socket.on("error", () => {}); // being refused is the point
    socket.on("data", (data) => {
      if (!started && data.length >= 8 && data.readInt32BE(4) === SSL_REQUEST) return answerTls(socket);
      if (started) return void heard.push(data);
      started = true;
      startups += 1;
      socket.write(requestFor(wish));
    });
  };
  const answerTls = (socket: Socket) => {
    if (tls === "none") return void socket.write("N");
    if (tls === "garbage") return void socket.write("E");
    socket.removeAllListeners("data");
    socket.write("S");
    const secureContext = createSecureContext({ cert: tls.certificate, key: tls.key });
    serve(new TLSSocket(socket, { isServer: true, secureContext }));
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    serve(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    heard: () => Buffer.concat(heard),
    startups: () => startups,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function requestFor(wish: Wish): Buffer {
  const body = {
    cleartext: Buffer.from([0, 0, 0, 3]),
    md5: Buffer.from([0, 0, 0, 5, 1, 2, 3, 4]),
    scram: Buffer.concat([Buffer.from([0, 0, 0, 10]), Buffer.from("SCRAM-SHA-256\0\0")]),
  }[wish];
  const size = Buffer.alloc(4);
  size.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from("R"), size, body]);
}
