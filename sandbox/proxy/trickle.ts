import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Slowness } from "./types.ts";

/** Ten slices a second, after a delay: a line that is thin and far away. */
export async function trickle(chunk: Buffer, to: Socket, { bytesPerSecond, delayMs }: Slowness): Promise<void> {
  const step = Math.max(1, Math.round(bytesPerSecond / 10));
  await sleep(delayMs);
  for (let at = 0; at < chunk.length && !to.destroyed; at += step) {
    to.write(chunk.subarray(at, at + step));
    await sleep(100);
  }
}
