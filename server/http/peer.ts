import "server-only";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";

/** Where the address of a connection's other end stands. Whatever a client sends under this name is overwritten. */
export const PEER_HEADER = "x-shardboard-peer";

/**
 * Writes into every request whose connection it came over. Next itself only fills in X-Forwarded-For where the client left it
 * out, so that anybody could claim any address there. Called once, before the server takes requests.
 */
export function stampPeers(): void {
  subscribe("http.server.request.start", (message) => {
    const { request, socket } = message as { request: IncomingMessage; socket: Socket };
    request.headers[PEER_HEADER] = plain(socket.remoteAddress ?? "");
  });
}

/** IPv4 as IPv4: a socket that listens on both families calls it "::ffff:10.0.0.1". */
export function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address.toLowerCase();
}
