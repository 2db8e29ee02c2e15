import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Cluster } from "./cluster.ts";

/** Milliseconds until psql has the whole answer, thrown away. As whoever owns the cluster, who may look everywhere. */
export async function psql(cluster: Cluster, sql: string): Promise<number> {
  const began = performance.now();
  const child = spawn("psql", ["-X", "-q", "-o", "/dev/null", "-c", sql, cluster.ownerUrl], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said: Buffer[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk));
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`psql ended with ${code}: ${Buffer.concat(said)}`);
  return performance.now() - began;
}
