import { signalDaemon, startDaemon } from "./cluster/daemon.ts";
import { restore, startNode } from "./cluster/run-state.ts";
import { freezePostgres, postmasterPid, stopPostgres, thawPostgres } from "./processes/postgres.ts";
import { startFaultProxy } from "./proxy/fault-proxy.ts";
import { query, urlOf } from "./query.ts";
import { dataDir, type SandboxState, stateFile } from "./state.ts";
import type { Sandbox } from "./types.ts";

/** The sandbox as its users see it. It keeps nothing in memory, so any number of processes may hold the same one. */
export function sandboxFromState(state: SandboxState, dispose: () => Promise<void>): Sandbox {
  const { dir, nodes } = state;
  const { engine, engineVersion, postgresVersion, database } = state;
  const start: Sandbox["start"] = async (node) => {
    await startNode(state, node);
    if (node === "coordinator") await startDaemon(state);
  };
  const halt: Sandbox["halt"] = (node, how) => stopPostgres(dataDir(dir, node), how);
  return {
    ...{ engine, engineVersion, postgresVersion, database, dir, nodes },
    stateFile: stateFile(dir),
    url: (login, node) => urlOf(state, login, node),
    query: (sql, values, on) => query(state, sql, values, on),
    stop: (node) => halt(node, "immediate"),
    halt,
    start,
    restart: async (node, how) => {
      await halt(node, how);
      await start(node);
    },
    isRunning: (node) => postmasterPid(dataDir(dir, node)) !== null,
    freeze: (node) => {
      freezePostgres(dataDir(dir, node));
      if (node === "coordinator") signalDaemon(dir, "SIGSTOP"); // a real one is the coordinator's child
    },
    thaw: (node) => {
      thawPostgres(dataDir(dir, node));
      if (node === "coordinator") signalDaemon(dir, "SIGCONT");
    },
    promote: async (node) => void (await query(state, "select pg_catalog.pg_promote(true, 30)", [], { node })),
    proxyFor: (node) => startFaultProxy(nodes[node]),
    pauseReplay: async (node) => void (await query(state, "select pg_catalog.pg_wal_replay_pause()", [], { node })),
    resumeReplay: async (node) => void (await query(state, "select pg_catalog.pg_wal_replay_resume()", [], { node })),
    reset: () => restore(state),
    dispose,
  };
}
