import { z } from "zod";

/**
 * Citus' name of a session: nodeid × 10^10 + pid. Text everywhere, because from node 900 719 on it does not fit a
 * JavaScript number exactly, and a pid that is off by one is another person's session.
 */
export const globalPidSchema = z
  .string()
  .regex(/^[1-9]\d{0,18}$/)
  .brand<"GlobalPid">();
export type GlobalPid = z.infer<typeof globalPidSchema>;

/** What Citus writes for the node of a session that started where the node itself is not in the metadata. */
export const UNREGISTERED_NODE = 99_999_999;

const NODE_STEP = 10_000_000_000n;

export function globalPid(nodeId: number, pid: number): GlobalPid {
  return globalPidSchema.parse(String(BigInt(nodeId) * NODE_STEP + BigInt(pid)));
}

/** The node where the session was opened and its process there. */
export function partsOf(gpid: GlobalPid): { nodeId: number; pid: number } {
  const number = BigInt(gpid);
  return { nodeId: Number(number / NODE_STEP), pid: Number(number % NODE_STEP) };
}

/** Citus names the connections it opens for a session after that session; these are its prefixes. */
const ORIGIN = /^citus_(?:internal|rebalancer|run_command) gpid=(\d+)/;

/** For which session Citus opened this connection; null: it is somebody's own. */
export function originIn(applicationName: string | null): GlobalPid | null {
  const digits = ORIGIN.exec(applicationName ?? "")?.[1];
  const gpid = globalPidSchema.safeParse(digits);
  return gpid.success ? gpid.data : null;
}
