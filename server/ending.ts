import "server-only";

const holder = globalThis as typeof globalThis & { __shardboardEnding?: boolean };

/** Whether the process was told to end: it takes nothing new then. */
export function isEnding(): boolean {
  return holder.__shardboardEnding === true;
}

export function beginEnding(): void {
  holder.__shardboardEnding = true;
}
