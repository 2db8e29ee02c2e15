import "server-only";
import type { Target } from "@/server/clusters";
import { poolFor } from "./pools";
import type { Place } from "./session";

/** So many connections to nodes are opened at a time: three hundred at once each run out of the time that one has, and none is answered. */
const AT_A_TIME = 24;

let opening = 0;
const waiting: (() => void)[] = [];

/**
 * Waits until a connection to that node may be opened; at once where one is open and idle. Returns how to say that it is open, or that it
 * will not be, which may be said twice.
 */
export async function openingTurn(target: Target, address: Place): Promise<() => void> {
  if (poolFor(target, "node", address).idleCount > 0) return () => {};
  if (opening < AT_A_TIME) opening += 1;
  else await new Promise<void>((resolve) => waiting.push(resolve));
  let isMine = true;
  return () => {
    if (!isMine) return;
    isMine = false;
    const next = waiting.shift();
    if (next) next();
    else opening -= 1;
  };
}
