import "server-only";
import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { AppError } from "@/lib/errors";
import type { Purpose } from "./session";

const MB = 1_048_576;

/**
 * The most that one statement may answer. A node tells of itself what a screen shows; the coordinator's catalogs may hold a million
 * shards. More than that comes from a server that means harm, or would cost everybody else the console.
 */
export function mostBytes(purpose: Purpose): number {
  return purpose === "node" || purpose === "check" ? 32 * MB : 256 * MB;
}

/** What the driver does not say of itself: the connection beneath a client, and when it begins to listen to a socket. */
type Connection = EventEmitter & { attachListeners: (socket: Socket) => void };

/**
 * Cuts the connection in the middle of an answer that has grown too large, long before it is in memory as a whole. What is counted
 * is everything since the server was last ready, the opening of the session included.
 */
export function limitAnswers(client: object, most: number): void {
  const { connection } = client as { connection: Connection };
  let bytes = 0;
  connection.on("readyForQuery", () => {
    bytes = 0;
  });
  const listen = connection.attachListeners.bind(connection);
  connection.attachListeners = (socket) => {
    // Before the driver: it would keep what it hears.
    socket.on("data", (part: Buffer) => {
      bytes += part.length;
      if (bytes > most) socket.destroy(tooLarge(most));
    });
    listen(socket);
  };
}

function tooLarge(most: number): AppError {
  return new AppError("answer_too_large", `It went on after ${most / MB} MB, and the connection was cut.`);
}
