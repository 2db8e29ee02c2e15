import type { FaultProxy } from "./proxy/types.ts";

export type EngineName = "citus" | "stand-in";
export type SandboxNodeName =
  | "coordinator"
  | "worker1"
  | "worker2"
  | "worker3"
  | "spare"
  | "standbyCoordinator"
  | "standbyWorker1";

export type SandboxNode = {
  name: SandboxNodeName;
  host: string;
  port: number;
  role: "coordinator" | "worker" | "spare" | "standby";
  standbyOf?: SandboxNodeName;
};

/**
 * owner: superuser `dba`. read: `shardboard_read` and ops: `shardboard_ops`, the logins that sql/roles.sql makes.
 * app: `app_rw`, a plain login that owns nothing and may use the sample tables.
 */
export type Login = "owner" | "read" | "ops" | "app";

/** Where a statement goes; without it to the coordinator as the owner. */
export type QueryPlace = { node?: SandboxNodeName; login?: Login };

export type Sandbox = {
  engine: EngineName;
  /** What `citus_version()` says, without the build platform: "13.2.2". */
  engineVersion: string;
  postgresVersion: string;
  database: string;
  /** The sandbox's own folder: data folders, logs, and the state file that `connectSandbox` reads. */
  dir: string;
  stateFile: string;
  nodes: Record<SandboxNodeName, SandboxNode>;
  /** `postgres://login@127.0.0.1:port/database`; owner at the coordinator when nothing is said. */
  url(login?: Login, node?: SandboxNodeName): string;
  /** One connection per call, so that nothing of ours stays behind in a session list. */
  query<T>(sql: string, values?: unknown[], on?: QueryPlace): Promise<T[]>;
  /** An immediate shutdown: sessions are cut and nobody is waited for, as when a machine goes away. */
  stop(node: SandboxNodeName): Promise<void>;
  /** The same, or `fast`: sessions are ended and told why. */
  halt(node: SandboxNodeName, how: "fast" | "immediate"): Promise<void>;
  /** Returns when the node accepts connections. Does nothing where it already runs. */
  start(node: SandboxNodeName): Promise<void>;
  /** Returns when it accepts connections again. */
  restart(node: SandboxNodeName, how: "fast" | "immediate"): Promise<void>;
  isRunning(node: SandboxNodeName): boolean;
  /** SIGSTOP: the kernel still accepts connections, nobody answers them. */
  freeze(node: SandboxNodeName): void;
  thaw(node: SandboxNodeName): void;
  /** A standby becomes a primary of its own, on a new timeline. */
  promote(standby: SandboxNodeName): Promise<void>;
  /** A proxy before a node, in this process, through which connections can be made to fail. Closed by whoever asked for it. */
  proxyFor(node: SandboxNodeName): Promise<FaultProxy>;
  pauseReplay(standby: SandboxNodeName): Promise<void>;
  resumeReplay(standby: SandboxNodeName): Promise<void>;
  /** Back to the seeded state, whatever was done to it: same ports, every node running and thawed, the spare not in the cluster. */
  reset(): Promise<void>;
  /** Stops everything and removes the folder (keeps it when the caller chose it). A sandbox that was only connected to stays. */
  dispose(): Promise<void>;
};

/** A layout of production size beside the sample data: about that many shards, on a real Citus real ones (minutes), on the stand-in catalog rows (seconds). */
export type ScaleSeed = {
  shards: number;
  /** 790 when nothing is said. */
  tables?: number;
  /** Workers in all, three of them without it; on the stand-in only, where one process is many nodes. */
  nodes?: number;
  /** alone: no two tables colocated, so there are as many shard groups as shards; together: all in one group; mixed: half by tens, half alone. */
  shape?: "mixed" | "alone" | "together";
};

export type SandboxOptions = {
  /** Else `SANDBOX_ENGINE`; else the stand-in, or for pace "demo" a real Citus where this machine has one. */
  engine?: EngineName;
  /** A folder that is empty, new, or a former sandbox. Without it a fresh one among the temporary files. */
  dir?: string;
  /** false: the standbys are prepared but not started; at scale not even prepared. */
  standbys?: boolean;
  seed?: "sample" | "none" | ScaleSeed;
  /** Starts what an earlier sandbox left in `dir`, as it was when it ended, instead of making a new cluster there. */
  again?: boolean;
  /** How fast the stand-in copies a shard: test = as quickly as can be observed, demo = slowly enough to be watched. */
  pace?: "test" | "demo";
};
