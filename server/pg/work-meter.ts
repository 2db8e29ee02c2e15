import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";

/** Server → milliseconds of statements that it answered. */
type Work = Map<string, number>;
/** On globalThis: whoever measures and whoever asks may be different copies of this module. */
const holder = globalThis as typeof globalThis & { __shardboardWork?: AsyncLocalStorage<Work> };

function meter(): AsyncLocalStorage<Work> {
  holder.__shardboardWork ??= new AsyncLocalStorage();
  return holder.__shardboardWork;
}

/**
 * How long the busiest server worked for `work`, whatever becomes of it: statements of one server are added up, servers work side by side.
 * What waited for a connection, and what was never answered, was no work.
 */
export async function metered<T>(work: () => Promise<T>, ended: (busiestMs: number) => void): Promise<T> {
  const servers: Work = new Map();
  try {
    return await meter().run(servers, work);
  } finally {
    ended(Math.max(0, ...servers.values()));
  }
}

/** Counts a statement's time for the server that answered it, where somebody measures. */
export function noteWork({ host, port }: { host: string; port: number }, ms: number): void {
  const servers = meter().getStore();
  const server = `${host}:${port}`;
  servers?.set(server, (servers.get(server) ?? 0) + ms);
}
