import { rm } from "node:fs/promises";
import { run } from "../processes/run.ts";

/** One `cp` for a whole tree: it shares blocks where the file system can, and keeps owner and mode, which PostgreSQL checks. */
export async function copyTree(from: string, to: string): Promise<void> {
  await run("cp", process.platform === "linux" ? ["-a", "--reflink=auto", from, to] : ["-Rp", from, to]);
}

export async function removeTree(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}
