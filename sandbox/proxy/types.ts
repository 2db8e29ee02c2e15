export type Address = { host: string; port: number };
export type Slowness = { bytesPerSecond: number; delayMs: number };

/**
 * refuse: nobody listens. mute: read, thrown away, never answered. blackhole: accepted by the kernel and not even read; what was
 * under way goes on when it ends. rst: reset at once. half-close: says goodbye to the client and goes on listening to it.
 * truncate: cut after so many bytes of the server's.
 */
export type ProxyMode =
  | "pass"
  | "refuse"
  | "mute"
  | "blackhole"
  | "rst"
  | "half-close"
  | { slow: Slowness }
  | { truncate: number };

export type FaultProxy = Address & {
  /** From now on, for connections that are open too; `truncate` counts on new ones only. */
  set: (mode: ProxyMode) => Promise<void>;
  /** New connections go there: what a failover behind one address looks like. */
  point: (to: Address) => void;
  /** Connections that are open now. */
  open: () => number;
  /** Connections ever accepted. */
  accepted: () => number;
  close: () => Promise<void>;
};
