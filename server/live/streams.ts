import "server-only";

const holder = globalThis as typeof globalThis & { __shardboardStreams?: Set<() => void> };

/** How to end each open event stream: a server that is told to stop never exits while one is open. */
export function openStreams(): Set<() => void> {
  holder.__shardboardStreams ??= new Set();
  return holder.__shardboardStreams;
}
